// The main job: the demo appears computed, a candidate is dragged, and its figures are the command
// line's; with both engines.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

// The candidate that has the most room around it on the map.
function freest_site({ sites, map }) {
  const inside = ({ x, y }) => x > map.x + 60 && x < map.x + map.width - 60 &&
    y > map.y + 60 && y < map.y + map.height - 60;
  const room = (site) => Math.min(...sites.filter((other) => other !== site)
    .map((other) => Math.hypot(other.x - site.x, other.y - site.y)));
  return sites.filter(inside).sort((a, b) => room(b) - room(a))[0];
}

// A place 70 pixels away, towards the middle of the map.
function goal_for(site, { map }) {
  const dx = map.x + map.width / 2 - site.x;
  const dy = map.y + map.height / 2 - site.y;
  const distance = Math.hypot(dx, dy) || 1;
  return { x: site.x + 70 * dx / distance, y: site.y + 70 * dy / distance };
}

// Row of one candidate in `sites rank --json`: column -> text as the snapshot has it.
function row_of(results, id) {
  const { columns } = results.tables.find((table) => table.id === "sites");
  const row = columns.find((column) => column.id === "id").values.indexOf(id);
  assert.notEqual(row, -1, `the command line has no candidate ${id}`);
  return Object.fromEntries(columns.map(({ id: name, values }) => [name, values[row]])
    .filter(([, value]) => typeof value === "number")
    .map(([name, value]) => [name, value.toFixed(2)]));
}

// The command line's figures for the window's edits.
function command_line(harness, edits, id) {
  const file = join(harness.scratch, "edits.json");
  writeFileSync(file, edits);
  const text = harness.footfall("sites", "rank", harness.demo_folder(), "--edits", file, "--json");
  return row_of(JSON.parse(text), id);
}

const FIGURES = ["expected_sales", "net_new_sales", "transferred", "from_competitors",
  "from_outside"];
const pick = (row, names) => Object.fromEntries(names.map((name) => [name, row[name]]));

async function drag_and_compare(harness, query) {
  const view = await harness.open({ query });
  const before = await view.computed();
  const site = freest_site(before);
  const goal = goal_for(site, before);
  const pending = view.until((s) => s.dragging && s.live && s.pending);
  await view.drag(site, goal, { release: false });
  const moving = await pending;
  assert.equal(moving.live.id, site.id);
  const resting = await view.until((s) => s.dragging && !s.pending);
  assert.notEqual(resting.live.lon, site.lon);
  assert.notEqual(resting.live.expected_sales, site.expected_sales);
  await view.page.mouse.up();
  await view.until((s) => !s.dragging && s.undo_depth > 0);
  const after = await view.computed();
  assert.equal(after.undo_depth, 1, "a drag is one step");

  const moved = after.sites.find(({ id }) => id === site.id);
  const expected = command_line(harness, await view.edits(), site.id);
  const columns = Object.keys(expected).filter((name) => name in moved && name !== "id");
  for (const name of FIGURES) assert.ok(columns.includes(name), `${name} is compared`);
  const without = columns.filter((name) => !["rank", "lon", "lat"].includes(name));
  assert.deepEqual(pick(moved, without), pick(expected, without));
  assert.deepEqual(pick(after.live, FIGURES), pick(expected, FIGURES), "the live figures");

  await view.run("edit.undo");
  const undone = await view.computed();
  assert.equal(undone.undo_depth, 0);
  assert.equal(undone.redo_depth, 1);
  assert.deepEqual(undone.sites, before.sites, "undo gives the ranking of before");
  await view.page.keyboard.press("Control+Shift+Z");
  await view.until((s) => s.redo_depth === 0);
  const redone = await view.computed();
  assert.deepEqual(pick(redone.sites.find(({ id }) => id === site.id), without),
    pick(moved, without));
  assert.deepEqual(view.problems, []);
  await view.close();
  return `${without.length} figures equal`;
}

async function demo_appears(harness, query, engine) {
  const view = await harness.open({ query });
  assert.equal(await view.page.evaluate(() => window.footfall.engine), engine);
  const state = await view.computed();
  assert.equal(state.error, "");
  assert.ok(state.gl.ok);
  assert.ok(state.sites.length >= 10, `${state.sites.length} candidates`);
  assert.ok(Number(state.sites[0].net_new_sales) > 0);
  assert.deepEqual(state.sites.map(({ rank }) => Number(rank)), state.sites.map((_, i) => i + 1));
  assert.deepEqual(view.problems, []);
  await view.close();
  return JSON.stringify(state.sites.map((site) => pick(site, FIGURES)));
}

export default {
  async "demo appears, computed, with both engines alike"(harness) {
    const mt = await demo_appears(harness, "", "mt");
    const st = await demo_appears(harness, "?engine=st", "st");
    assert.equal(st, mt);
  },

  "drag, command line, undo: engine with threads": (harness) => drag_and_compare(harness, ""),

  "drag, command line, undo: engine without threads": (harness) =>
    drag_and_compare(harness, "?engine=st"),

  async "a run that is called off leaves the results, and the next one comes"(harness) {
    for (const query of ["", "?engine=st"]) {
      const view = await harness.open({ query });
      const before = await view.computed();
      await view.run("run.again");
      await view.run("run.cancel");
      await view.page.waitForTimeout(200);
      assert.deepEqual((await view.snapshot()).sites.map(({ id }) => id),
        before.sites.map(({ id }) => id));
      await view.run("run.again");
      const again = await view.computed();
      assert.deepEqual(again.sites.map((s) => pick(s, FIGURES)),
        before.sites.map((s) => pick(s, FIGURES)));
      assert.deepEqual(view.problems, []);
      await view.close();
    }
  },
};
