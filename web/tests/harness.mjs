// A browser, the served page, and hands for it. Tests drive the page with real input and read the
// truth in the window's snapshot (ui/hooks.hpp).
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { serve } from "../serve.mjs";

const CHROMIUM = "/usr/bin/chromium";
const ARGUMENTS = ["--no-sandbox", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];
const PATIENCE_MS = 30000;

// The first value of `look()` that `is_wanted` takes.
export async function eventually(look, is_wanted = Boolean) {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const value = await look();
    if (is_wanted(value)) return value;
    if (performance.now() > end) throw new Error(`still ${JSON.stringify(value)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

export class Harness {
  static async start({ folder, program }) {
    const harness = new Harness();
    harness.folder = folder;
    harness.program = program;
    harness.scratch = mkdtempSync(join(tmpdir(), "footfall-page-"));
    harness.browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
    harness.server = await serve(folder);
    return harness;
  }

  async stop() {
    await this.browser.close();
    await this.server.close();
    rmSync(this.scratch, { recursive: true, force: true });
  }

  // Runs the command line; its standard output.
  footfall(...args) {
    return execFileSync(this.program, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  }

  // The scenario that the page opens on.
  demo_folder() {
    const [name] = readdirSync(join(this.folder, "demo"));
    return join(this.folder, "demo", name);
  }

  // A page with a storage of its own. `query` as in "?engine=st"; other options as of Playwright's
  // newContext().
  async open({ query = "", server = this.server, ...options } = {}) {
    const context = await this.browser.newContext(
      { viewport: { width: 1280, height: 800 }, locale: "en-GB", ...options });
    const page = await context.newPage();
    const view = new View(page, context);
    await page.goto(server.address + query);
    await view.running();
    return view;
  }
}

export class View {
  problems = [];       // console errors and uncaught exceptions

  constructor(page, context) {
    this.page = page;
    this.context = context;
    page.setDefaultTimeout(PATIENCE_MS);
    page.on("pageerror", (error) => this.problems.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") this.problems.push(message.text());
    });
  }

  running() {
    return this.page.waitForFunction(() => window.footfall?.frames() > 0);
  }

  close() {
    return this.context.close();
  }

  snapshot() {
    return this.page.evaluate(() => window.footfall.snapshot());
  }

  // The first snapshot for which `wanted(snapshot, argument)` holds; runs in the page.
  async until(wanted, argument) {
    await this.page.waitForFunction(
      `(${wanted})(window.footfall.snapshot(), ${JSON.stringify(argument ?? null)})`,
      undefined, { polling: 50 });
    return this.snapshot();
  }

  // A scenario is open, computed and at rest.
  computed() {
    return this.until((s) => s.scenario && s.idle && !s.pending && s.sites.length > 0);
  }

  run(command) {
    return this.page.evaluate((id) => window.footfall.run(id), command);
  }

  edits() {
    return this.page.evaluate(() => window.footfall.edits());
  }

  async rect(id) {
    const rect = await this.page.evaluate((name) => window.footfall.rect(name), id);
    if (!rect) throw new Error(`${id} is not on the screen`);
    return rect;
  }

  async click(id) {
    const { x, y, width, height } = await this.rect(id);
    await this.page.mouse.click(x + width / 2, y + height / 2);
  }

  // Types a number into a field that is dragged otherwise.
  async number(id, value) {
    const { keyboard } = this.page;
    await this.page.waitForFunction((name) => window.footfall.rect(name), id);
    await keyboard.down("Control");
    await this.click(id);
    await keyboard.up("Control");
    await this.until((s) => s.text_input);
    await keyboard.press("Control+a");
    await keyboard.type(String(value));
    await keyboard.press("Enter");
    await this.until((s) => !s.text_input);
  }

  // Drags with the mouse, in steps as a hand would.
  async drag(from, to, { release = true } = {}) {
    const { mouse } = this.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    for (let i = 1; i <= 8; ++i) {
      await mouse.move(from.x + (to.x - from.x) * i / 8, from.y + (to.y - from.y) * i / 8);
      await this.page.waitForTimeout(20);
    }
    if (release) await mouse.up();
  }

  // Drops one file, as from a file manager.
  async drop(name, bytes) {
    await this.page.evaluate(([file, content]) => {
      const decoded = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([decoded], file));
      for (const type of ["dragenter", "dragover", "drop"]) {
        document.getElementById("canvas").dispatchEvent(
          new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
      }
    }, [name, Buffer.from(bytes).toString("base64")]);
  }

  // Drops files or folders of this machine through the browser's own drag and drop.
  async drop_paths(paths) {
    const session = await this.context.newCDPSession(this.page);
    const data = { items: [], files: paths, dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"]) {
      await session.send("Input.dispatchDragEvent", { type, x: 300, y: 300, data });
    }
  }
}

// Share of pixels of two PNG images of one size that differ clearly.
export async function difference(view, one, other) {
  return view.page.evaluate(async (images) => {
    const [a, b] = await Promise.all(images.map(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const painter = canvas.getContext("2d");
      painter.drawImage(bitmap, 0, 0);
      return painter.getImageData(0, 0, bitmap.width, bitmap.height).data;
    }));
    if (a.length !== b.length) return 1;
    let differing = 0;
    for (let i = 0; i < a.length; i += 4) {
      const distance = Math.max(...[0, 1, 2].map((c) => Math.abs(a[i + c] - b[i + c])));
      if (distance > 24) ++differing;
    }
    return differing / (a.length / 4);
  }, [one.toString("base64"), other.toString("base64")]);
}
