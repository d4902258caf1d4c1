// One function a kind of chart: data in, ECharts option out. Data: unit, labels, urls, colours (places in the chain
// colours) and series with name, values (exact, as text), kind (bar or line), dashed, colour.
const style = getComputedStyle(document.documentElement);
const css = (name) => style.getPropertyValue(name).trim();
const ink = { strong: css("--ink"), soft: css("--ink-soft"), faint: css("--ink-faint"), line: css("--line"), blue: css("--blue") };
const chain = [0, 1, 2, 3, 4, 5, 6].map((place) => css(`--c${place}`));
const order = [ink.blue, chain[1], chain[2], chain[4], chain[3], chain[5], chain[6]];
const font = css("--sans");

const number = (value) => (value === null || value === undefined ? null : Number(value));
const shown = (value) => (value === null || value === undefined ? "—" : Number(value).toLocaleString("zh-CN", { maximumFractionDigits: 2 }));
const calm = { animation: false, color: order, textStyle: { fontFamily: font, fontSize: 12, color: ink.soft } };

const tooltip = (unit) => ({
  trigger: "axis",
  confine: true,
  axisPointer: { type: "line", lineStyle: { color: ink.faint, type: "dotted" } },
  backgroundColor: "#fff",
  borderColor: ink.faint,
  padding: [6, 10],
  textStyle: { color: ink.strong, fontSize: 12, fontFamily: font },
  valueFormatter: (value) => `${shown(value)} ${unit}`,
});
const legend = { top: 2, left: 0, itemWidth: 14, itemHeight: 8, itemGap: 14, textStyle: { color: ink.soft, fontSize: 12 } };
const words = { axisTick: { show: false }, axisLine: { lineStyle: { color: ink.soft } }, axisLabel: { color: ink.soft, fontSize: 12 } };
const amounts = {
  type: "value",
  splitNumber: 4,
  axisLabel: { color: ink.faint, fontSize: 11 },
  splitLine: { lineStyle: { color: ink.line } },
};

function line(series, at) {
  const colour = series.colour === null || series.colour === undefined ? (series.dashed ? ink.faint : order[at % 7]) : chain[series.colour % 7];
  return {
    name: series.name,
    type: "line",
    symbol: "circle",
    symbolSize: 5,
    showSymbol: !series.dashed,
    lineStyle: { width: 2, type: series.dashed ? "dashed" : "solid", color: colour },
    itemStyle: { color: colour },
    data: series.values.map(number),
  };
}

function bar(series, at, data) {
  const colour = series.colour === null || series.colour === undefined ? order[at % 7] : chain[series.colour % 7];
  return {
    name: series.name,
    type: "bar",
    barMaxWidth: 22,
    barGap: "15%",
    itemStyle: { color: colour, borderRadius: [1, 1, 0, 0] },
    data: series.values.map((value, row) => ({
      value: number(value),
      href: data.urls[row],
      itemStyle: data.colours.length && at === 0 ? { color: chain[data.colours[row] % 7] } : undefined,
    })),
  };
}

// Months along the bottom: bars for the month, lines for what has gathered, a dashed one for the schedule. Gathered
// amounts are many times a month's, so lines have an axis of their own on the right.
function trend(data) {
  const mixed = data.series.some(({ kind }) => kind === "bar") && data.series.some(({ kind }) => kind === "line");
  const right = { ...amounts, splitLine: { show: false } };
  return {
    ...calm,
    legend,
    tooltip: tooltip(data.unit),
    grid: { left: 4, right: 4, top: 36, bottom: 2, containLabel: true },
    xAxis: { type: "category", data: data.labels, ...words },
    yAxis: mixed ? [amounts, right] : [amounts],
    series: data.series.map((one, at) => ({ ...(one.kind === "line" ? line(one, at) : bar(one, at, data)), yAxisIndex: mixed && one.kind === "line" ? 1 : 0 })),
  };
}

// One bar a chain, longest names whole: lying bars, the first on top.
function bars(data) {
  return {
    ...calm,
    legend: data.series.length > 1 ? legend : { show: false },
    tooltip: { ...tooltip(data.unit), axisPointer: { type: "shadow" } },
    grid: { left: 4, right: 44, top: data.series.length > 1 ? 32 : 8, bottom: 2, containLabel: true },
    xAxis: amounts,
    yAxis: { type: "category", data: data.labels, inverse: true, ...words },
    series: data.series.map((one, at) => ({
      ...bar(one, at, data),
      itemStyle: { color: at ? ink.line : ink.blue, borderColor: at ? ink.faint : undefined, borderWidth: at ? 1 : 0 },
      label: { show: at === 0, position: "right", formatter: ({ value }) => shown(value), color: ink.soft, fontSize: 12 },
    })),
  };
}

// From a light blue to the blue of links.
const shade = (share) => `rgb(${[144, 172, 205].map((from, at) => Math.round(from + ([20, 72, 127][at] - from) * share)).join(" ")})`;

// From the first stage to the last; each step as wide as its figure.
function funnel(data) {
  const [first] = data.series;
  const most = Math.max(1, ...first.values.map(number));
  return {
    ...calm,
    tooltip: { ...tooltip(data.unit), trigger: "item" },
    grid: { left: 4, right: 60, top: 4, bottom: 2, containLabel: true },
    xAxis: { type: "value", show: false, max: most },
    yAxis: { type: "category", data: data.labels, inverse: true, ...words, axisLine: { show: false } },
    series: [
      {
        name: first.name,
        type: "bar",
        barWidth: "72%",
        showBackground: true,
        backgroundStyle: { color: ink.line, opacity: 0.45 },
        itemStyle: { color: ink.blue },
        label: { show: true, position: "right", formatter: ({ value }) => shown(value), color: ink.soft },
        data: first.values.map((value, row) => ({
          value: number(value),
          href: data.urls[row],
          itemStyle: { color: shade(row / Math.max(1, first.values.length - 1)) },
        })),
      },
    ],
  };
}

export const options = { trend, bars, funnel };
