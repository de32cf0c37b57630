// The workspace of runs: a batch in an engine of its own, with the figures of the command line.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

// A city whose units take milliseconds.
function city(harness) {
  const path = join(harness.scratch, "runs.footfall");
  harness.footfall("scenario", "generate", "--out", path, "--name", "City of runs",
    "--demand-points", "300", "--candidates", "4", "--seed", "7");
  return path;
}

async function open(harness, query) {
  const view = await harness.open({ query });
  await view.until((s) => s.scenario);
  await view.drop("runs.footfall", readFileSync(city(harness)));
  await view.until((s) => s.scenario?.name === "City of runs");
  await view.computed();
  await view.run("view.runs");
  await view.until((s) => s.workspace === "runs" && s.runs);
  await view.page.waitForFunction(() => window.footfall.rect("runs.tab.options"));
  await view.click("runs.tab.options");
  await view.number("sites rank.draws", 5);
  await view.until((s) => s.runs.setup.options.draws === 5);
  await view.click("runs.tab.design");
  return view;
}

// The mean of each point as the command line has it. Two replications: their mean is the same in
// any order.
function command_line(harness, { study, variables, points, replications, seed }, figure) {
  assert.equal(replications, 2);
  const ledger = join(harness.scratch, `runs-${Math.random()}.ledger`);
  harness.footfall("batch", "plan", study, join(harness.scratch, "runs.footfall"), "--out", ledger,
    "--points", String(points), "--replications", "2", "--seed", String(seed),
    "--option", "draws=5", ...variables.map((v) => `--vary=${v.name}=${v.low}:${v.high}`));
  harness.footfall("batch", "run", ledger);
  harness.footfall("batch", "export", ledger, "--csv", `${ledger}.csv`);
  const [head, ...rows] = readFileSync(`${ledger}.csv`, "utf8").trim().split("\n")
    .map((line) => line.split(","));
  const means = Array(points).fill(0);
  for (const row of rows) {
    means[Number(row[head.indexOf("point")])] += Number(row[head.indexOf(figure)]) / 2;
  }
  return means;
}

async function run_and_compare(harness, query) {
  const view = await open(harness, query);
  await view.number("runs.points", 4);
  await view.number("runs.replications", 2);
  await view.click("runs.run");
  const { runs, sites } = await view.until((s) => s.runs.done === 8 && !s.runs.running && s.idle);
  assert.deepEqual(runs.failures, {});
  assert.equal(runs.error, "");
  assert.deepEqual(runs.table.map((row) => row.n), [2, 2, 2, 2]);
  assert.deepEqual(runs.table.map((row) => Number(row.mean)),
    command_line(harness, runs.setup, runs.figure));
  assert.ok(sites.every((site) => !site.pending), "the ranking is left alone");
  const [saved] = await Promise.all([view.page.waitForEvent("download"), view.run("file.runs")]);
  const table = readFileSync(await saved.path(), "utf8");
  assert.ok(table.startsWith("point,"), table);
  assert.equal(table.trim().split("\n").length, 5);
  assert.deepEqual(view.problems, []);
  await view.close();
}

async function cancel_and_go_on(harness, query) {
  const view = await open(harness, query);
  await view.number("runs.points", 24);
  await view.number("runs.replications", 2);
  // Called off in the page itself, in the frame in which the first figures are there.
  await view.page.evaluate(() => new Promise((done) => {
    window.footfall.run("run.again");
    const look = () => {
      if (window.footfall.snapshot().runs.done === 0) return requestAnimationFrame(look);
      window.footfall.run("run.cancel");
      done();
    };
    look();
  }));
  const { runs } = await view.until((s) => !s.runs.running && s.idle);
  assert.ok(runs.done > 0 && runs.done < 48, `${runs.done} of 48`);
  await view.run("run.again");
  await view.page.waitForFunction(() => window.footfall.snapshot().runs.done === 48, undefined,
    { timeout: 120000, polling: 100 });
  const over = await view.until((s) => !s.runs.running && s.idle);
  assert.ok(over.runs.table.every((row) => row.n === 2));
  assert.equal(over.runs.error, "");
  assert.deepEqual(view.problems, []);
  await view.close();
}

export default {
  "a batch has the command line's figures": (harness) => run_and_compare(harness, ""),
  "a batch has the command line's figures without threads":
    (harness) => run_and_compare(harness, "?engine=st"),
  "a batch is called off and gone on with": (harness) => cancel_and_go_on(harness, ""),
  "a batch is called off and gone on with, without threads":
    (harness) => cancel_and_go_on(harness, "?engine=st"),
};
