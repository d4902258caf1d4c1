// Charts: an element `<div data-chart="bars" data-chart-data="ID">` is drawn from the JSON in
// `<script type="application/json" id="ID">` by the function of that name in charts/index.js,
// which turns the data into an ECharts option. The script element holds data only, so no policy is bent.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { options } from "./charts/index.js";

use([BarChart, GridComponent, LegendComponent, LineChart, SVGRenderer, TooltipComponent]);

const drawn = new Map();

function draw(element) {
  if (drawn.has(element)) return;
  const block = document.getElementById(element.dataset.chartData);
  const option = options[element.dataset.chart];
  if (!block || !option) return;
  const chart = init(element, null, { renderer: "svg" });
  chart.setOption(option(JSON.parse(block.textContent)));
  chart.on("click", ({ data }) => data?.href && window.location.assign(data.href));
  chart.on("finished", () => measure(element, chart));
  drawn.set(element, chart);
  sizes.observe(element);
}

// On paper the drawing takes the width it finds; for that it must know its own.
function measure(element, chart) {
  element.querySelector("svg")?.setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
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

// Paper is narrower than the screen: the drawing is laid out anew for it, so that its letters stay legible.
const PAPER = { whole: 690, half: 340, height: 190 };

window.addEventListener("beforeprint", () => {
  for (const [element, chart] of drawn) {
    chart.resize({ width: element.closest(".columns") ? PAPER.half : PAPER.whole, height: PAPER.height });
    chart.getZr().flush();
    measure(element, chart);
  }
});
window.addEventListener("afterprint", () => {
  for (const chart of drawn.values()) chart.resize();
});

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) drawn.get(target)?.resize();
});

function start() {
  if (window.yinfengCharts) return; // a part fetched later brought this script a second time
  window.yinfengCharts = true;
  drawAll(document);
  document.body.addEventListener("htmx:load", (event) => drawAll(event.detail.elt.parentElement ?? document));
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
