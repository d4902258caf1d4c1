// Builds the files a page loads into src/yinfeng/ui/static/ui/build/ (never committed):
//   app.js      htmx, Sortable, and src/behaviours/*.js
//   charts.js   the parts of ECharts in use, and src/charts/*.js; loaded only by pages with charts
//   app.css     src/yinfeng.css
//   icons.svg   one <symbol id="name"> for each Tabler icon named in icons.txt
// and each of them compressed (.gz, .br), which WhiteNoise hands to browsers that ask.
// Licences of what is bundled stand beside each file as *.LEGAL.txt and in LICENSES.txt.
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const home = join(root, "src", "yinfeng", "ui", "static", "ui");
const target = join(home, "build");

async function bundle(outdir) {
  await build({
    entryPoints: ["app.js", "charts.js", "app.css"].map((name) => ({
      in: join(here, "src", name),
      out: name.replace(/\.\w+$/, ""),
    })),
    outdir,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["chrome100", "firefox100", "safari15"],
    legalComments: "linked",
    loader: { ".svg": "dataurl", ".png": "dataurl", ".woff": "empty", ".woff2": "empty" },
    logLevel: "warning",
  });
}

async function icons(outdir) {
  const lines = (await readFile(join(here, "icons.txt"), "utf8")).split("\n");
  const names = lines.map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
  const symbols = await Promise.all(
    [...new Set(names)].map(async (name) => {
      const [family, file] = name.startsWith("filled/") ? ["filled", name.slice(7)] : ["outline", name];
      const svg = await readFile(join(root, "node_modules", "@tabler", "icons", "icons", family, `${file}.svg`), "utf8");
      const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "");
      const paint = family === "filled" ? 'fill="currentColor"' : 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';
      return `<symbol id="${name.replace("/", "-")}" viewBox="0 0 24 24" ${paint}>${inner}</symbol>`;
    }),
  );
  await writeFile(join(outdir, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);
}

// The packages that end up in a bundle: what package.json asks for and what that asks for in turn.
async function licences(outdir) {
  const seen = new Set();
  const queue = Object.keys(JSON.parse(await readFile(join(root, "package.json"), "utf8")).dependencies);
  const parts = [];
  while (queue.length) {
    const name = queue.shift();
    if (seen.has(name)) continue;
    seen.add(name);
    const folder = join(root, "node_modules", name);
    const told = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    queue.push(...Object.keys(told.dependencies ?? {}));
    const files = (await readdir(folder, { withFileTypes: true })).filter(
      (entry) => entry.isFile() && /^(licen[cs]e|notice)/i.test(entry.name),
    );
    const texts = await Promise.all(files.map((entry) => readFile(join(folder, entry.name), "utf8")));
    parts.push(`${name} ${told.version} (${told.license})\n${"-".repeat(60)}\n${texts.join("\n")}`);
  }
  await writeFile(join(outdir, "LICENSES.txt"), parts.join("\n\n"));
}

async function compress(outdir) {
  for (const name of (await readdir(outdir)).filter((file) => /\.(js|css|svg)$/.test(file))) {
    const content = await readFile(join(outdir, name));
    await writeFile(join(outdir, `${name}.gz`), await promisify(gzip)(content, { level: 9 }));
    await writeFile(join(outdir, `${name}.br`), await promisify(brotliCompress)(content));
  }
}

// A page asking while we build finds the old file or the new one, never half of one.
await mkdir(target, { recursive: true });
const fresh = await mkdtemp(join(home, "build-"));
try {
  await bundle(fresh);
  await Promise.all([icons(fresh), licences(fresh)]);
  await compress(fresh);
  const made = await readdir(fresh);
  for (const name of made) await rename(join(fresh, name), join(target, name));
  for (const name of await readdir(target)) if (!made.includes(name)) await rm(join(target, name));
} finally {
  await rm(fresh, { recursive: true, force: true });
}
