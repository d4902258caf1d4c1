"""Pages of the project room."""
