// Files in and out.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

function generated(harness, name) {
  const path = join(harness.scratch, name);
  harness.footfall("scenario", "generate", "--out", path, "--name", "Dropped city",
    "--demand-points", "400", "--candidates", "6", "--seed", "7");
  return path;
}

async function downloaded(view, command) {
  const [download] = await Promise.all([view.page.waitForEvent("download"), view.run(command)]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

// Everything of a snapshot that a broken file must not touch.
const content = ({ scenario, sites, selection, undo_depth, redo_depth }) =>
  ({ scenario, sites, selection, undo_depth, redo_depth });

export default {
  async "a dropped scenario opens; saved again it is the same"(harness) {
    const view = await harness.open();
    await view.computed();
    await view.drop("city.footfall", readFileSync(generated(harness, "city.footfall")));
    await view.until((s) => s.scenario?.name === "Dropped city");
    const state = await view.computed();
    assert.equal(state.sites.length, 6);
    const { name, bytes } = await downloaded(view, "file.save");
    assert.match(name, /\.footfall$/);
    assert.deepEqual(bytes, readFileSync(join(harness.scratch, "city.footfall")));
    assert.deepEqual(view.problems, []);
    await view.close();
  },

  async "a dropped folder opens, and files chosen together"(harness) {
    const folder = generated(harness, "city");
    const view = await harness.open();
    const { scenario } = await view.computed();
    await view.drop_paths([folder]);
    await view.until((s) => s.scenario?.name === "Dropped city");
    const dropped = await view.computed();
    assert.notEqual(dropped.scenario.hash, scenario.hash);

    const other = await harness.open();
    other.page.on("filechooser", () => {});  // from now on choosers come as events
    await other.computed();
    const [chooser] = await Promise.all(
      [other.page.waitForEvent("filechooser"), other.page.keyboard.press("Control+o")]);
    await chooser.setFiles(["scenario.json", "demand.csv", "stores.csv", "roads.geojson",
      "areas.geojson"].map((name) => join(folder, name)));
    await other.until((s) => s.scenario?.name === "Dropped city");
    assert.equal((await other.computed()).scenario.hash, dropped.scenario.hash);
    assert.deepEqual([...view.problems, ...other.problems], []);
    await view.close();
    await other.close();
  },

  async "a broken file gives a toast and loses nothing"(harness) {
    const whole = readFileSync(generated(harness, "whole.footfall"));
    const broken = join(harness.scratch, "broken");
    mkdirSync(broken, { recursive: true });
    writeFileSync(join(broken, "scenario.json"), "{");
    const changed = Buffer.from(whole);
    changed.fill("x", 2000, 2600);
    const view = await harness.open();
    await view.computed();
    await view.run("edit.next");
    const before = content(await view.computed());
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 31) & 255));
    const files = [  // name, bytes, what the toast names
      ["empty.footfall", Buffer.alloc(0), "empty.footfall"],
      ["noise.footfall", noise, "noise.footfall"],
      ["cut.footfall", whole.subarray(0, whole.length / 2), "cut.footfall"],
      ["changed.footfall", changed, "areas.geojson"],
      ["photo.png", Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), "photo.png"],
    ];
    for (const [name, bytes, named] of files) {
      await view.drop(name, bytes);
      const { toast } = await view.until((s, part) => s.toast?.text.includes(part), named);
      assert.equal(toast.kind, "error");
      assert.deepEqual(content(await view.computed()), before, name);
    }
    await view.drop_paths([broken]);
    await view.until((s, file) => s.toast?.text.includes(file), "scenario.json");
    assert.deepEqual(content(await view.computed()), before);
    assert.deepEqual(view.problems, []);
    await view.close();
  },

  async "edits survive a reload, and replay on the command line"(harness) {
    const view = await harness.open();
    await view.computed();
    await view.run("edit.next");
    await view.run("edit.delete");
    const before = await view.computed();
    assert.equal(before.undo_depth, 1);
    const { bytes } = await downloaded(view, "file.save_edits");
    assert.equal(JSON.parse(bytes).edits.length, 1);
    assert.equal(bytes.toString(), await view.edits());
    await view.page.waitForTimeout(500);
    await view.page.reload();
    await view.running();
    const after = await view.until((s) => s.idle && !s.pending && s.undo_depth === 1);
    assert.equal(after.scenario.hash, before.scenario.hash);
    assert.deepEqual(view.problems, []);
    await view.close();
  },

  async "the report opens in a new tab"(harness) {
    const view = await harness.open();
    const { scenario } = await view.computed();
    await view.page.mouse.move(5, 5);
    await view.page.keyboard.press("Shift");  // a gesture: browsers allow a new tab only after one
    const [tab] = await Promise.all([view.context.waitForEvent("page"), view.run("file.report")]);
    await tab.waitForLoadState();
    assert.ok((await tab.textContent("body")).includes(scenario.name));
    assert.ok(await tab.locator("svg").count() > 0);
    assert.deepEqual(view.problems, []);
    await view.close();
  },
};
