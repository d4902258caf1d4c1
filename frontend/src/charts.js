// Charts: an element `<div data-chart="bars" data-chart-data="ID">` is drawn from the JSON in
// `<script type="application/json" id="ID">` by the function of that name in charts/index.js,
// which turns the data into an ECharts option. The script element holds data only, so no policy is bent.
import { BarChart, FunnelChart, GaugeChart, HeatmapChart, LineChart, PieChart, SankeyChart, TreemapChart } from "echarts/charts";
import {
  AriaComponent,
  DatasetComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { options } from "./charts/index.js";

use([
  AriaComponent,
  BarChart,
  DatasetComponent,
  FunnelChart,
  GaugeChart,
  GridComponent,
  HeatmapChart,
  LegendComponent,
  LineChart,
  MarkLineComponent,
  PieChart,
  SankeyChart,
  SVGRenderer,
  TitleComponent,
  TooltipComponent,
  TreemapChart,
  VisualMapComponent,
]);

const drawn = new Map();

function draw(element) {
  if (drawn.has(element)) return;
  const block = document.getElementById(element.dataset.chartData);
  const option = options[element.dataset.chart];
  if (!block || !option) return;
  const chart = init(element, null, { renderer: "svg" });
  chart.setOption({ aria: { enabled: true }, ...option(JSON.parse(block.textContent), element) });
  chart.on("click", ({ data }) => data?.href && window.location.assign(data.href));
  drawn.set(element, chart);
  sizes.observe(element);
}

function drawAll(root) {
  for (const [element, chart] of drawn) {
    if (element.isConnected) continue;
    sizes.unobserve(element);
    chart.dispose();
    drawn.delete(element);
  }
  for (const element of root.querySelectorAll("[data-chart]")) draw(element);
}

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) drawn.get(target)?.resize();
});

function start() {
  drawAll(document);
  document.body.addEventListener("htmx:load", (event) => drawAll(event.detail.elt.parentElement ?? document));
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
