// Between the page and the window (footfall-window.wasm). Bridge is what the window calls
// (ui/platform_web.cpp); it hands what arrives to the window as events (ui/platform.hpp).
import { Engine } from "./engine.js";
import { Files, download, open_tab } from "./files.js";
import { Input, copy } from "./input.js";
import { load, store } from "./storage.js";
import { preferred_language, text } from "./texts.js";

// Event::Kind of ui/platform.hpp, and what becomes a reply of the engine that holds only an error.
const Kind = { engine_failed: -1, file: 0, file_failed: 1, engine_progress: 2, engine_reply: 3, font: 4,
  context_restored: 5, saved: 6, stored: 7 };

const MAX_TEXT = 10000;  // characters pasted or typed at once; they travel on the stack

export class Bridge {
  #canvas;
  #module = null;      // the window, once it runs
  #waiting = [];       // events for it before that
  #engines = [];       // by the numbers of Engine in ui/platform.hpp, each made on first use
  #make_engine;
  #files;
  #input;
  #font = null;

  constructor(canvas, kind, engine_module) {
    this.#canvas = canvas;
    this.#make_engine = (engine) => new Engine(kind, engine_module, {
      progress: (generation, share, stage) =>
        this.emit(Kind.engine_progress, { engine, generation, share, text: stage }),
      reply: (generation, bytes) => this.emit(Kind.engine_reply, { engine, generation, bytes }),
      failed: (generation, reason) =>
        this.emit(Kind.engine_failed, { engine, generation, text: text("engine_failed", reason) }),
    });
    this.#engines[0] = this.#make_engine(0);
    this.#files = new Files({
      file: (name, bytes) => this.open(name, bytes),
      failed: (name, reason) => this.emit(Kind.file_failed, { name, text: reason }),
    });
    const hand_over = (name) => (content) =>
      this.#module?.ccall(name, null, ["string"], [content.slice(0, MAX_TEXT)]);
    this.#input = new Input(canvas, document.getElementById("text-input"),
      hand_over("footfall_text"), hand_over("footfall_paste"));
  }

  // The window runs: events can be handed over, and the canvas is its.
  attach(module) {
    this.#module = module;
    for (const [kind, parts] of this.#waiting.splice(0)) this.emit(kind, parts);
    this.#watch_size();
    this.#watch_context();
    this.#input.focus();
  }

  emit(kind, parts) {
    if (!this.#module) return void this.#waiting.push([kind, parts]);
    const { name = "", text = "", bytes = new Uint8Array(), generation = 0, share = 0,
      engine = 0 } = parts;
    const at = this.#module._malloc(bytes.length + 1);
    if (!at) return this.emit(Kind.file_failed, { name, text: "out of memory" });
    this.#module.HEAPU8.set(bytes, at);
    this.#module.ccall("footfall_event", null,
      ["number", "string", "string", "number", "number", "number", "number", "number"],
      [kind, name, text, at, bytes.length, generation, share, engine]);
    this.#module._free(at);
  }

  open(name, bytes) {
    this.emit(Kind.file, { name, bytes });
  }

  // SDL looks at the canvas when the browser's window changes; it may change for other reasons too.
  #watch_size() {
    const observer = new ResizeObserver(() => {
      window.dispatchEvent(new Event("resize"));
      this.#module._footfall_step();
    });
    try {
      observer.observe(this.#canvas, { box: "device-pixel-content-box" });
    } catch {
      observer.observe(this.#canvas);  // Safari
    }
  }

  #watch_context() {
    this.#canvas.addEventListener("webglcontextlost", (event) => {
      event.preventDefault();  // else it never comes back
      this.#module._footfall_context_lost();
    });
    this.#canvas.addEventListener("webglcontextrestored", () => {
      this.#module._footfall_context_restored();
      this.emit(Kind.context_restored, {});
    });
  }

  // --- called by the window

  engine_run(engine, request, generation) {
    this.#engines[engine] ??= this.#make_engine(engine);
    this.#engines[engine].run(request, generation);
  }
  engine_cancel(engine) { this.#engines[engine]?.cancel(); }

  choose_file() { this.#files.choose(); }

  save_file(name, bytes, type) {
    download(name, bytes, type);
    this.emit(Kind.saved, { name });
  }

  open_tab(name, html) {
    if (!open_tab(html)) this.emit(Kind.file_failed, { name, text: text("popup") });
  }

  store(key, bytes) { store(key, bytes); }
  async load(key) { this.emit(Kind.stored, { name: key, bytes: await load(key) }); }

  request_font() {
    this.#font ??= fetch("fonts/cjk.ttf")
      .then((answer) => {
        if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
        return answer.arrayBuffer();
      })
      .then((buffer) => this.emit(Kind.font, { bytes: new Uint8Array(buffer) }))
      .catch((error) => {
        this.#font = null;
        this.emit(Kind.file_failed, { name: "cjk.ttf", text: text("unreadable", error.message) });
      });
  }

  language() { return preferred_language(); }
  prefers_dark() { return matchMedia("(prefers-color-scheme: dark)").matches; }
  place_input(active, x, y, height) { this.#input.place(active, x, y, height); }
  copy(content) { copy(content); }
}
