// The canvas in its browser: size, resolution, lost context, languages, themes, text, keys.
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { difference, eventually } from "./harness.mjs";

const canvas_size = (view) => view.page.evaluate(() => {
  const canvas = document.getElementById("canvas");
  return [canvas.width, canvas.height];
});

// Share of pixels that differ between two screenshots in which nothing should have changed: the
// mouse's traces and a blinking caret.
const UNCHANGED = 0.01;
const CHANGED = 0.2;

export default {
  async "resize and high resolution"(harness) {
    const view = await harness.open({ deviceScaleFactor: 2 });
    await view.computed();
    for (const [width, height] of [[1280, 800], [700, 900], [1500, 600]]) {
      await view.page.setViewportSize({ width, height });
      const { window, map } = await view.until(
        (s, w) => s.window.width === w[0] && s.window.height === w[1] && s.idle, [width, height]);
      assert.equal(window.pixel_ratio, 2);
      assert.deepEqual(await canvas_size(view), [2 * width, 2 * height]);
      assert.ok(map.x >= 0 && map.y >= 0 && map.x + map.width <= width &&
        map.y + map.height <= height, "the map is inside");
    }
    const session = await view.context.newCDPSession(view.page);
    await session.send("Emulation.setDeviceMetricsOverride",
      { width: 1000, height: 700, deviceScaleFactor: 1.5, mobile: false });
    await view.until((s) => s.window.pixel_ratio === 1.5 && s.window.width === 1000);
    assert.deepEqual(await canvas_size(view), [1500, 1050]);
    assert.deepEqual(view.problems, []);
    await view.close();
  },

  async "a lost context comes back"(harness) {
    const view = await harness.open();
    const { gl } = await view.computed();
    const before = await view.page.screenshot();
    await view.page.evaluate(() => {
      const context = document.getElementById("canvas").getContext("webgl2");
      window.extension = context.getExtension("WEBGL_lose_context");
      window.extension.loseContext();
    });
    await view.page.waitForTimeout(300);
    const lost = await view.page.screenshot();
    const missing = await difference(view, before, lost);
    assert.ok(missing > 5 * UNCHANGED, `the context is lost (${missing} of the pixels)`);
    await view.page.evaluate(() => window.extension.restoreContext());
    await view.until((s, uploads) => s.gl.ok && s.gl.uploads > uploads && s.idle, gl.uploads);
    await view.page.waitForTimeout(300);
    const differing = await difference(view, before, await view.page.screenshot());
    assert.ok(differing < UNCHANGED, `${differing} of the pixels differ`);
    assert.deepEqual(view.problems, []);
    await view.close();
  },

  async "Chinese, with its font, and back"(harness) {
    const view = await harness.open();
    await view.computed();
    const english = await view.page.screenshot();
    const font = view.page.waitForResponse((response) => response.url().endsWith("/cjk.ttf"));
    await view.run("view.language");
    assert.equal((await font).status(), 200);
    const state = await view.until((s) => s.language === "zh" && s.idle);
    assert.equal(state.toast?.kind === "error", false);
    await view.page.waitForFunction(() => document.documentElement.lang === "zh-CN");
    assert.ok(await difference(view, english, await view.page.screenshot()) > 0);
    await view.run("view.language");
    await view.until((s) => s.language === "en" && s.idle);
    assert.deepEqual(view.problems, []);
    await view.close();
  },

  async "language and theme follow the browser, then the user"(harness) {
    const view = await harness.open({ locale: "zh-CN", colorScheme: "dark" });
    const first = await view.computed();
    assert.deepEqual([first.language, first.theme], ["zh", "dark"]);
    const dark = await view.page.screenshot();
    await view.run("view.theme");
    await view.until((s) => s.theme === "light" && s.idle);
    await view.page.waitForTimeout(200);
    assert.ok(await difference(view, dark, await view.page.screenshot()) > CHANGED);
    await view.run("view.language");
    await view.until((s) => s.language === "en" && s.idle);
    await view.page.waitForTimeout(500);
    await view.page.reload();
    await view.running();
    const second = await view.computed();
    assert.deepEqual([second.language, second.theme], ["en", "light"], "settings are kept");
    assert.deepEqual(view.problems, []);
    await view.close();
  },

  async "text through an input method, the keyboard and the clipboard"(harness) {
    const view = await harness.open();
    await view.computed();
    await view.page.keyboard.press("Control+k");
    await view.until((s) => s.dialog === "palette" && s.text_input);
    const focus = () => view.page.evaluate(() => document.activeElement.id);
    assert.equal(await focus(), "text-input");
    const shown = async () => (await view.page.evaluate(() => window.footfall.items()))
      .filter((id) => id.startsWith("palette."));
    const all = await shown();

    const become = (wanted) => eventually(shown, (ids) => isDeepStrictEqual(ids, wanted));

    await view.page.keyboard.type("undx");
    await view.page.keyboard.press("Backspace");
    await view.page.keyboard.type("o");
    const found = await eventually(shown, (ids) => ids.length > 0 && ids.length < all.length &&
      ids.includes("palette.edit.undo"));

    await view.page.keyboard.press("Control+a");
    await view.page.keyboard.press("Control+x");
    await become(all);
    await view.page.keyboard.press("Control+v");
    await become(found);

    await view.page.keyboard.press("Control+a");
    const session = await view.context.newCDPSession(view.page);
    const composing = () => view.page.evaluate(
      () => document.getElementById("text-input").classList.contains("composing"));
    await session.send("Input.imeSetComposition",
      { text: "zhong", selectionStart: 5, selectionEnd: 5 });
    assert.equal(await composing(), true, "what is composed is seen");
    await session.send("Input.insertText", { text: "重做" });
    assert.equal(await composing(), false);
    await become(["palette.edit.redo", "palette.filter"]);  // found in either language

    await view.page.keyboard.press("Escape");
    await view.until((s) => s.dialog === "" && !s.text_input);
    assert.equal(await focus(), "canvas");
    await view.page.keyboard.press("t");
    await view.until((s) => s.theme === "dark");
    await view.page.keyboard.press("Tab");
    assert.notEqual(await focus(), "canvas", "Tab leaves the canvas");
    assert.deepEqual(view.problems, []);
    await view.close();
  },
};
