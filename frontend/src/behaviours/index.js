// The behaviours in use; app.js says what one looks like.
export const behaviours = [];
