// The workspaces beside the sites: studies in a second engine, with the ranking undisturbed.
import assert from "node:assert/strict";

const study = (view, wanted) => view.until(wanted);

export default {
  async "shoppers by tags, as the command line has them"(harness) {
    const view = await harness.open();
    await view.computed();
    await view.run("view.shoppers");
    const all = await study(view, (s) => s.study?.has_results && s.idle);
    assert.equal(all.study.figures.chosen_share, "100.00");
    assert.ok(all.dots > 0);
    await view.click("shoppers explore.income");
    await view.page.waitForFunction(() => window.footfall.rect("shoppers explore.income.highest"));
    await view.click("shoppers explore.income.highest");
    const some = await study(view, (s) => s.study.options.income === "highest" &&
      !s.study.stale && s.idle);
    const share = Number(some.study.figures.chosen_share);
    assert.ok(share > 15 && share < 25, `${share} %`);
    assert.deepEqual(some.sites, all.sites, "the ranking is left alone");
    assert.deepEqual(view.problems, []);
    await view.close();
  },

  async "a study runs beside the ranking, is cancelled, and its film plays"(harness) {
    const view = await harness.open();
    await view.computed();
    await view.run("view.shoppers");
    await view.page.waitForFunction(() => window.footfall.rect("shoppers.year"));
    await view.click("shoppers.year");
    await view.until((s) => s.study?.name === "shoppers simulate");
    // Called off in the page itself, in the frame in which it starts: a small year is soon over.
    await view.page.evaluate(() => new Promise((done) => {
      window.footfall.run("run.again");
      const look = () => {
        if (!window.footfall.snapshot().study.running) return requestAnimationFrame(look);
        window.footfall.run("run.cancel");
        done();
      };
      look();
    }));
    const ended = await view.until((s) => !s.study.running && s.idle);
    assert.equal(ended.study.has_results, false);
    assert.equal(ended.study.error, "");
    await view.run("run.again");
    await view.page.waitForFunction(() => window.footfall.snapshot().study.has_results, undefined,
      { timeout: 120000, polling: 100 });
    const { film } = await view.until((s) => s.film && s.idle);
    assert.ok(film.trips > 0);
    await view.run("film.play");
    await view.until((s, second) => s.film.second > second + 600, film.second);
    await view.run("film.play");
    await view.until((s) => !s.film.playing);
    assert.deepEqual(view.problems, []);
    await view.close();
  },

  async "the whole chain of five weeks, as the command line tells it"(harness) {
    const view = await harness.open();
    await view.computed();
    await view.run("view.world");
    await view.until((s) => s.study?.name === "world run");
    await view.number("world run.days", 35);
    await view.until((s) => s.study.options.days === 35);
    await view.run("run.again");
    await view.page.waitForFunction(() => {
      const { study, idle } = window.footfall.snapshot();
      return study.has_results && !study.running && idle;
    }, undefined, { timeout: 120000, polling: 100 });
    const { study } = await view.snapshot();
    assert.equal(study.error, "");
    const told = JSON.parse(harness.footfall("world", "run", harness.demo_folder(),
      "--days", "35", "--json"));
    const figures = Object.fromEntries(told.figures.map(({ id, value }) =>
      [id, value.toFixed(2)]));
    assert.deepEqual(study.figures, figures);
    assert.ok(await view.rect("funnel"));
    assert.deepEqual(view.problems, []);
    await view.close();
    return `${Object.keys(figures).length} figures equal`;
  },
};
