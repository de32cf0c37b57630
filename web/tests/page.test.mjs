// The page around the window: accessible mirror, service worker, missing features, sizes.
import assert from "node:assert/strict";
import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { View, eventually } from "./harness.mjs";
import { serve } from "../serve.mjs";

function files_below(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)));
}

// Waits until the service worker has stored this version and rules the page.
const settled = (view) => eventually(() => view.page.evaluate(async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  return registration?.active?.state === "activated" && !registration.installing &&
    navigator.serviceWorker.controller !== null;
}));

export default {
  async "the mirror has all commands and the ranking"(harness) {
    const view = await harness.open();
    const state = await view.computed();
    const commands = await view.page.evaluate(() => window.footfall.commands());
    await view.page.waitForFunction((n) => document.querySelectorAll("#mirror-commands button")
      .length === n, commands.length);
    const labels = await view.page.locator("#mirror-commands button").allTextContents();
    assert.deepEqual(labels, commands.map(({ text }) => text));
    assert.equal(new Set(labels).size, labels.length);
    const rows = view.page.locator("#mirror-ranking tbody tr");
    assert.equal(await rows.count(), state.sites.length);
    assert.ok((await rows.first().textContent()).includes(state.sites[0].expected_sales));
    await view.page.waitForFunction((name) => document.getElementById("mirror-results")
      .textContent.includes(name), state.sites[0].name);

    const theme = view.page.locator('[data-id="view.theme"]');
    await theme.focus();
    await view.page.keyboard.press("Enter");
    await view.until((s) => s.theme === "dark");
    await view.drop("bad.footfall", "bad");
    const { toast } = await view.until((s) => s.toast?.kind === "error");
    await view.page.waitForFunction((text) => document.getElementById("mirror-toast")
      .textContent === text, toast.text);
    assert.deepEqual(view.problems, []);
    await view.close();
  },

  async "every text of the page is there in both languages"(harness) {
    const view = await harness.open();
    const keys = await view.page.evaluate(async () => {
      const { texts } = await import("./texts.js");
      return Object.values(texts).map((rows) => Object.keys(rows).sort());
    });
    assert.equal(keys.length, 2);
    assert.deepEqual(keys[0], keys[1]);
    await view.close();
  },

  async "works without a network after the first load"(harness) {
    const server = await serve(harness.folder);
    const view = await harness.open({ server });
    const first = await view.computed();
    await settled(view);
    await server.close();
    await view.context.setOffline(true);
    await view.page.reload();
    await view.running();
    const again = await view.computed();
    assert.deepEqual(again.sites, first.sites);
    assert.equal(await view.page.evaluate(() => window.footfall.engine), "mt");
    await view.run("view.language");
    await view.until((s) => s.language === "zh" && s.idle && s.toast?.kind !== "error");
    assert.deepEqual(view.problems, []);
    await view.close();
  },

  async "a plain host: the service worker isolates the page for threads"(harness) {
    const server = await serve(harness.folder, 0, { isolated: false });
    const view = await harness.open({ server });
    assert.equal(await view.page.evaluate(() => self.crossOriginIsolated), true);
    assert.equal(await view.page.evaluate(() => window.footfall.engine), "mt");
    await view.computed();
    assert.deepEqual(view.problems, []);
    await view.close();
    await server.close();
  },

  async "a new version replaces the old one at the second load"(harness) {
    const folder = join(harness.scratch, "site");
    cpSync(harness.folder, folder, { recursive: true });
    const server = await serve(folder);
    const view = await harness.open({ server });
    await settled(view);
    const list = JSON.parse(readFileSync(join(folder, "files.json")));
    writeFileSync(join(folder, "files.json"), JSON.stringify({ ...list, version: "next" }));
    const style = readFileSync(join(folder, "style.css"), "utf8");
    writeFileSync(join(folder, "style.css"), `${style}\n:root { --next: 1; }\n`);
    const is_new = () => view.page.evaluate(
      () => getComputedStyle(document.documentElement).getPropertyValue("--next") === "1");

    await view.page.reload();
    await view.running();
    assert.equal(await is_new(), false, "one whole version until the next is complete");
    await eventually(() => view.page.evaluate(
      async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting)));
    await view.page.reload();
    await view.page.waitForFunction(
      () => getComputedStyle(document.documentElement).getPropertyValue("--next") === "1");
    await view.running();
    assert.deepEqual(await view.page.evaluate(() => caches.keys()), ["footfall-next"]);
    assert.deepEqual(view.problems, []);
    await view.close();
    await server.close();
  },

  async "a browser without WebGL 2 or WebAssembly is told so"(harness) {
    for (const missing of ["WebGL2RenderingContext", "WebAssembly"]) {
      for (const [locale, word] of [["en-GB", "browser"], ["zh-CN", "浏览器"]]) {
        const context = await harness.browser.newContext({ locale });
        const page = await context.newPage();
        const view = new View(page, context);
        await page.addInitScript(`delete window.${missing}`);
        await page.goto(harness.server.address);
        await page.waitForSelector("#splash.failed #splash-retry:visible");
        const message = await page.textContent("#splash-text");
        assert.ok(message.includes(word), message);
        assert.deepEqual(view.problems, []);
        await view.close();
      }
    }
  },

  async "sizes are within their budgets, and the time to the first frame"(harness) {
    const zipped = new Map(files_below(harness.folder).map(
      (name) => [name, gzipSync(readFileSync(join(harness.folder, name))).length]));
    const sum = (wanted) => [...zipped].filter(([name]) => wanted(name))
      .reduce((total, [, size]) => total + size, 0);
    const KB = 1000;
    const rows = [
      ["window wasm", sum((n) => n === "st/footfall-window.wasm"), 1200 * KB],
      ["engine wasm st", sum((n) => n === "st/footfall-engine.wasm"), 1200 * KB],
      ["engine wasm mt", sum((n) => n === "mt/footfall-engine.wasm"), 1200 * KB],
      ["JS of the page", sum((n) => /^[^/]*\.js$|^st\/footfall-window\.js$/.test(n)), 60 * KB],
      ["Chinese font", sum((n) => n === "fonts/cjk.ttf"), 400 * KB],
      ["demo", sum((n) => n.startsWith("demo/")), 1000 * KB],
    ];
    for (const [name, size, most] of rows) {
      assert.ok(size > 0 && size <= most, `${name}: ${size} bytes gzip, at most ${most}`);
    }
    const view = await harness.open();
    const first_ms = await view.page.evaluate(
      () => performance.getEntriesByName("first-frame")[0].startTime);
    await view.close();
    return [...rows.map(([name, size]) => `${name} ${Math.round(size / KB)} KB`),
      `first frame ${Math.round(first_ms)} ms`].join(", ");
  },
};
