#include "sim/report/page.hpp"

namespace footfall::report {

std::string_view style() {
  return R"css(
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ground: #f4f6f7; --ink: #17232d; --soft: #52616d; --line: #dfe5e9;
  --accent: #0b6a70; --accent-ink: #ffffff; --new: #2467ae; --moved: #d98324; --warn: #8a4b00;
  --warn-ground: #fff6e6; --rival: #6f7c88; --own: #17324d;
  --m-ground: #f7f6f2; --m-water: #bcd7ea; --m-forest: #e0ead8; --m-homes: #edeae4;
  --m-shops: #f3e1dc; --m-works: #e8e4ec; --m-border: #b4bcc3; --m-road1: #c9b88f;
  --m-road2: #d8d2c4; --m-road3: #e3dfd6; --m-core0: #0b6a70; --m-core1: #6fb5b5;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #171e25; --ground: #0f1419; --ink: #e6ecf0; --soft: #a2b0bb; --line: #2c363f;
    --accent: #57c3c3; --accent-ink: #0a1b1d; --new: #5c9fe8; --moved: #e8a552; --warn: #ffc46b;
    --warn-ground: #2c2415; --rival: #8d99a4; --own: #cfe0f2;
    --m-ground: #192026; --m-water: #23455f; --m-forest: #1f3328; --m-homes: #2a3239;
    --m-shops: #43302f; --m-works: #29283a; --m-border: #55616b; --m-road1: #6d6449;
    --m-road2: #454740; --m-road3: #333a3f; --m-core0: #57c3c3; --m-core1: #2f7a7d;
  }
}
* { box-sizing: border-box; }
html { font-size: 16px; }
body {
  margin: 0; background: var(--ground); color: var(--ink); line-height: 1.5;
  font-family: "Inter", "Segoe UI", Roboto, "Helvetica Neue", Arial, "PingFang SC",
    "Microsoft YaHei", "Noto Sans SC", "WenQuanYi Micro Hei", sans-serif;
  font-variant-numeric: tabular-nums;
}
main, header.top, footer { max-width: 1160px; margin: 0 auto; padding: 0 24px; }
header.top { padding-top: 40px; }
h1 { font-size: 2rem; line-height: 1.2; margin: 4px 0 8px; letter-spacing: -.01em; }
h2 { font-size: 1.25rem; margin: 0 0 16px; }
h3 { font-size: 1rem; margin: 28px 0 8px; }
p { margin: 0 0 8px; }
section { margin: 24px 0; padding: 24px; background: var(--paper); border: 1px solid var(--line);
  border-radius: 12px; }
.eyebrow { color: var(--accent); font-size: .8125rem; font-weight: 600; margin: 0; }
.soft, .note, .credits, .unit { color: var(--soft); }
.note, .credits { font-size: .8125rem; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 16px; top: 16px; background: var(--paper); padding: 8px 12px; }
.best-name { font-size: 1.5rem; font-weight: 650; line-height: 1.25; margin: 0 0 6px; }
.best-reason { max-width: 96ch; margin: 0; }
.warnings { background: var(--warn-ground); border-color: var(--warn); }
.warnings h2 { color: var(--warn); margin-bottom: 8px; }
ul.plain { margin: 0; padding-left: 1.2em; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 12px;
  margin: 0; padding: 0; list-style: none; }
.cards li { border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px 12px;
  display: flex; flex-direction: column; }
.cards .what { color: var(--soft); font-size: .8125rem; line-height: 1.35; margin: 0; }
.cards .value { font-size: 1.75rem; font-weight: 650; line-height: 1.15; margin: 2px 0 0;
  letter-spacing: -.01em; }
.cards .value .unit { font-size: .8125rem; font-weight: 400; letter-spacing: 0; }
.cards .range { position: relative; height: 6px; border-radius: 3px; background: var(--line);
  margin: 12px 0 6px; }
.cards .range i { position: absolute; top: 0; bottom: 0; border-radius: 3px;
  background: var(--new); opacity: .55; }
.cards .range b { position: absolute; top: -3px; width: 3px; height: 12px; margin-left: -1.5px;
  border-radius: 1.5px; background: var(--ink); }
.cards .basis { font-size: .75rem; line-height: 1.4; color: var(--soft); margin: 0; }
.story .vs { width: 26%; min-width: 180px; padding-top: 4px; }
.story strong { font-size: 1rem; }
.story .axis { fill: none; stroke: var(--line); stroke-width: 2; }
.story .truth { fill: none; stroke: var(--ink); stroke-width: 2; }
.story .truth-band { fill: none; stroke: var(--accent); stroke-width: 12; opacity: .28; }
.story .estimate { fill: var(--moved); stroke: var(--paper); stroke-width: 1; }
.place { display: grid; grid-template-columns: minmax(0, 1fr) 330px; gap: 28px; }
.place.alone { grid-template-columns: minmax(0, 1fr); }
figure { margin: 0; }
svg { display: block; width: 100%; height: auto; font-family: inherit; }
.map svg { border-radius: 8px; border: 1px solid var(--line); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; margin: 10px 0 6px;
  padding: 0; font-size: .8125rem; }
.legend li { display: flex; align-items: center; gap: 7px; }
.swatch { width: 13px; height: 13px; border-radius: 3px; flex: none; }
.s-site { background: var(--accent); border-radius: 50%; } .s-own { background: var(--own); }
.s-competitor { border: 2px solid var(--rival); border-radius: 50%; }
.s-core0 { background: var(--m-core0); border-radius: 50%; width: 8px; height: 8px; }
.s-core1 { background: var(--m-core1); border-radius: 50%; width: 8px; height: 8px; }
.s-reach { border: 1.5px dashed var(--accent); }
.s-water, .s-forest, .s-commercial, .s-residential { box-shadow: inset 0 0 0 1px var(--m-border); }
.s-water { background: var(--m-water); } .s-forest { background: var(--m-forest); }
.s-commercial { background: var(--m-shops); } .s-residential { background: var(--m-homes); }
.s-new { background: var(--new); } .s-moved { background: var(--moved); }
.s-whisker { height: 2px; background: var(--ink); border-radius: 0; }
.ground { fill: var(--m-ground); }
.b-water { fill: var(--m-water); } .b-forest { fill: var(--m-forest); }
.b-homes { fill: var(--m-homes); } .b-shops { fill: var(--m-shops); }
.b-works { fill: var(--m-works); } .b-building { fill: var(--m-road2); }
.b-area { fill: var(--m-homes); opacity: .5; }
.b-water, .b-forest, .b-homes, .b-shops, .b-works, .b-area { fill-rule: evenodd; }
.b-border { fill: none; stroke: var(--m-border); stroke-width: 10; stroke-dasharray: 50 25; }
.b-road1, .b-road2, .b-road3, .b-river { fill: none; stroke-linejoin: round;
  stroke-linecap: round; }
.b-road1 { stroke: var(--m-road1); stroke-width: 26; }
.b-road2 { stroke: var(--m-road2); stroke-width: 18; }
.b-road3 { stroke: var(--m-road3); stroke-width: 8; }
.b-river { stroke: var(--m-water); stroke-width: 24; }
.reach { fill: var(--accent); fill-opacity: .05; fill-rule: evenodd; stroke: var(--accent);
  stroke-width: 12; stroke-dasharray: 40 30; stroke-linejoin: round; }
.core, .points { fill: none; stroke-linecap: round; stroke-width: 32; }
.core.c0 { stroke: var(--m-core0); opacity: .85; } .core.c1 { stroke: var(--m-core1); opacity: .75; }
.points { stroke: var(--rival); } .other { fill: none; stroke: var(--rival); stroke-width: 10; }
.own { fill: var(--own); stroke: var(--paper); stroke-width: 1.5; }
.competitor { fill: var(--paper); fill-opacity: .75; stroke: var(--rival); stroke-width: 2; }
.name { font-size: 11.5px; font-weight: 600; fill: var(--own); stroke: var(--m-ground);
  stroke-width: 3px; paint-order: stroke; stroke-linejoin: round; }
.site circle { fill: var(--accent); stroke: var(--paper); stroke-width: 1.5; }
.site text { fill: var(--accent-ink); font-size: 10.5px; font-weight: 700; text-anchor: middle; }
.site.best circle { stroke-width: 3; }
.site.hot circle { fill: var(--ink); }
.site.hot text { fill: var(--paper); }
.scalebar path { fill: none; stroke: var(--ink); stroke-width: 1.5; }
.scalebar text { font-size: 11px; text-anchor: middle; fill: var(--ink);
  stroke: var(--m-ground); stroke-width: 3px; paint-order: stroke; }
.credits { text-align: right; margin: 0; }
.words { list-style: none; margin: 0; padding: 0; }
.words li { display: grid; grid-template-columns: 28px 1fr; gap: 0 10px; padding: 10px 0;
  border-top: 1px solid var(--line); }
.words li:first-child { border-top: 0; padding-top: 0; }
.words .pin { width: 24px; height: 24px; border-radius: 50%; background: var(--accent);
  color: var(--accent-ink); font-size: .75rem; font-weight: 700; display: grid;
  place-items: center; }
.words strong { display: block; line-height: 1.4; }
.words .gain { font-size: .8125rem; font-weight: 600; color: var(--new); }
.words p { grid-column: 2; font-size: .8125rem; line-height: 1.45; color: var(--soft); margin: 0; }
.words .hot .pin { background: var(--ink); color: var(--paper); }
.chart .grid { stroke: var(--line); } .chart .zero { stroke: var(--soft); }
.chart text { font-size: 12.5px; fill: var(--ink); }
.chart .tick { text-anchor: middle; fill: var(--soft); font-size: 11.5px; }
.chart .rank { text-anchor: end; fill: var(--soft); }
.chart .bar-value { font-weight: 600; }
.chart .total { font-weight: 400; fill: var(--soft); }
.bar-new { fill: var(--new); } .bar-moved { fill: var(--moved); }
.whisker { fill: none; stroke: var(--ink); stroke-width: 1.5; }
.halo { fill: none; stroke: var(--paper); stroke-width: 4; opacity: .7; }
.chart .hot .site-name { font-weight: 700; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .8125rem; }
th, td { padding: 7px 10px; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); }
thead th { vertical-align: bottom; border-bottom: 1.5px solid var(--soft); line-height: 1.3; }
tbody th { font-weight: 600; min-width: 14em; }
.n { text-align: right; white-space: nowrap; }
thead .n { white-space: normal; }
thead .n:has(.unit) { min-width: 7em; }
td small { display: block; color: var(--soft); font-size: .6875rem; }
td.none { color: var(--soft); }
th button { all: unset; cursor: pointer; display: inline-block; font-weight: 600; }
th button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
th button .unit { display: block; font-weight: 400; font-size: .6875rem; }
th[aria-sort] button::after { content: " \2191"; color: var(--accent); }
th[aria-sort=descending] button::after { content: " \2193"; }
tbody tr.hot { background: var(--ground); }
.sortable tbody th { position: sticky; left: 0; background: var(--paper); }
.matrix { width: auto; min-width: 60%; }
.matrix td { text-align: right; min-width: 7em;
  background: color-mix(in srgb, var(--moved) var(--tint, 0%), transparent); }
.matrix thead th + th { text-align: right; font-weight: 600; }
.params td:nth-child(2), .params td:nth-child(3) { white-space: nowrap; }
dl { display: grid; grid-template-columns: minmax(140px, max-content) 1fr; gap: 6px 24px;
  margin: 0; font-size: .875rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
code { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: .8125rem; }
footer { padding: 8px 24px 48px; }
@media screen and (max-width: 900px) {
  .chart { overflow-x: auto; } .chart svg { min-width: 760px; }
  .place { grid-template-columns: minmax(0, 1fr); }
  section { padding: 16px; } main, header.top { padding-left: 12px; padding-right: 12px; }
}
@media print {
  @page { size: A4; margin: 14mm 13mm; }
  @page wide { size: A4 landscape; margin: 12mm; }
  html { font-size: 12px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body, section { background: #fff; }
  main, header.top, footer { max-width: none; padding: 0; }
  section { border: 0; padding: 0; margin: 0 0 18px; }
  .warnings { padding: 10px; border: 1px solid var(--warn); }
  .cards { grid-template-columns: repeat(4, 1fr); }
  .cards li, .words li, tr, figure { break-inside: avoid; }
  .place { display: block; } .words { margin-top: 14px; columns: 2; column-gap: 24px; }
  .map svg { max-height: 150mm; }
  .wide { page: wide; } .wide table { font-size: 6.6pt; } .wide th, .wide td { padding: 2px 3px;
    line-height: 1.25; }
  .wide thead .n:has(.unit), .wide tbody th { min-width: 0; } .wide td small { font-size: 5.4pt; }
  .wide th .unit { font-size: 5.6pt; }
  .scroll { overflow: visible; } .hint, .skip { display: none; }
  h2, h3 { break-after: avoid; } thead { display: table-header-group; }
}
)css";
}

std::string_view script() {
  return R"js(
"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => head.firstElementChild.addEventListener("click", () => {
    const numeric = head.classList.contains("n");
    const was = head.getAttribute("aria-sort");
    const down = was ? was === "ascending" : numeric && column > 0;
    heads.forEach(other => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const sign = down ? -1 : 1;
    const value = row => numeric ? row.cells[column].dataset.v : row.cells[column].textContent;
    const order = (a, b) => {
      const x = value(a), y = value(b);
      const missing = Number(x === undefined || x === "") - Number(y === undefined || y === "");
      if (missing || x === undefined || x === "") return missing;
      return sign * (numeric ? x - y : x.localeCompare(y));
    };
    const body = table.tBodies[0];
    body.append(...[...body.rows].sort(order));
  }));
}
const light = (event, on) => {
  const id = event.target.closest?.("[data-site]")?.dataset.site;
  if (id === undefined) return;
  for (const mark of document.querySelectorAll("[data-site]")) {
    if (mark.dataset.site === id) mark.classList.toggle("hot", on);
  }
};
document.addEventListener("mouseover", event => light(event, true));
document.addEventListener("mouseout", event => light(event, false));
)js";
}

}  // namespace footfall::report
