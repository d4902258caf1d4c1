// One function a kind of chart: data in, ECharts option out.
export const options = {};
