// Starts the page: checks what the browser can do, loads the window, the engine and the demo, and
// shows how far that is.
import { Bridge } from "./bridge.js";
import { engine_kind } from "./engine.js";
import { Mirror } from "./mirror.js";
import { pack } from "./tar.js";
import { text, use_language } from "./texts.js";

const splash = document.getElementById("splash");
const parameters = new URLSearchParams(location.search);

// A function whose only instruction makes a vector of zeros: valid only where SIMD is.
const SIMD_PROBE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0,
  10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11);

function say(message) {
  document.getElementById("splash-text").textContent = message;
}

function give_up(message) {
  splash.classList.remove("done");
  splash.classList.add("failed");
  say(message);
  const retry = document.getElementById("splash-retry");
  retry.textContent = text("retry");
  retry.hidden = false;
  retry.onclick = () => location.reload();
}

function missing_feature() {
  if (typeof WebAssembly !== "object" || !WebAssembly.validate(SIMD_PROBE)) return "no_wasm";
  if (typeof WebGL2RenderingContext === "undefined") return "no_webgl";
  return null;
}

async function fetched(name) {
  const answer = await fetch(name);
  if (!answer.ok) throw new Error(`${name}: HTTP ${answer.status}`);
  return answer;
}

// Some hosts do not know the type of .wasm files.
const compiled = (name) => compiled_from(fetched(name));
async function compiled_from(fetching) {
  const answer = await fetching;
  return answer.headers.get("Content-Type") === "application/wasm"
    ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer());
}

function script(name) {
  return new Promise((done, failed) => {
    const tag = document.createElement("script");
    tag.src = name;
    tag.onload = done;
    tag.onerror = () => failed(new Error(name));
    document.head.append(tag);
  });
}

// --- the service worker

// Before anything runs: starts again under the version that waits, if one does; and where the host
// does not isolate the page, under the worker that will.
async function settle_service_worker(version) {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const registration = await workers.getRegistration();
  if (registration?.waiting) {
    const changed = new Promise((done) => workers.addEventListener("controllerchange", done));
    registration.waiting.postMessage("activate");
    await changed;
    return restart(`updated ${version}`);
  }
  if (!self.crossOriginIsolated && await activated(await registered(version))) {
    return restart("isolated");
  }
}

function registered(version) {
  return navigator.serviceWorker.register(`sw.js?v=${version}`);
}

// Whether the registration comes to have an active worker.
function activated({ installing, active }) {
  const worker = installing ?? active;
  return new Promise((done) => {
    const look = () => {
      if (worker.state === "activated") done(true);
      if (worker.state === "redundant") done(false);
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

// Once the page runs: stores this version, or the next, for use without a network.
async function keep_for_later() {
  if (!navigator.serviceWorker || !navigator.onLine) return;
  const { version } = await (await fetched("files.json?fresh")).json();
  await registered(version);
}

// Loads the page again, once for each reason.
function restart(reason) {
  if (sessionStorage.getItem("restarted") === reason) return undefined;
  sessionStorage.setItem("restarted", reason);
  location.reload();
  return new Promise(() => {});
}

// --- the demo

// The files of one folder below demo/, packed as one.
async function demo(files) {
  const members = files.filter((name) => name.startsWith("demo/"));
  if (members.length === 0) return null;
  const folder = members[0].split("/")[1];
  const read = await Promise.all(members.map(async (name) => ({
    name: name.split("/").pop(),
    bytes: new Uint8Array(await (await fetched(name)).arrayBuffer()),
  })));
  return { name: `${folder}.footfall`, bytes: pack(read) };
}

// --- the whole

// Functions of the window for the mirror and for tests.
function functions_of(module) {
  const call = (name, result, ...values) =>
    module.ccall(`footfall_${name}`, result, values.map(() => "string"), values);
  return {
    snapshot: () => JSON.parse(call("snapshot", "string")),
    frames: () => module._footfall_frames(),
    commands: () => JSON.parse(call("commands", "string")),
    run: (id) => call("run", "number", id) === 1,
    rect: (id) => JSON.parse(call("rect", "string", id)),
    items: () => JSON.parse(call("items", "string")),
    edits: () => call("edits", "string"),
    label: (section, id) => call("label", "string", section, id),
  };
}

function progress_over(tasks) {
  const bar = document.getElementById("splash-progress");
  bar.value = 0;
  for (const task of tasks) task.then(() => { bar.value += 1 / tasks.length; }, () => {});
}

async function start() {
  use_language(parameters.get("lang"));
  say(text("loading"));
  const missing = missing_feature();
  if (missing) return give_up(text(missing));

  // Everything is fetched at once and the window started, unseen, while the service worker is looked
  // up. The engine is compiled after the first frame: until then the window needs the processor.
  const kind = engine_kind();
  const list = fetched("files.json").then((answer) => answer.json());
  const program = compiled("st/footfall-window.wasm");
  const code = script("st/footfall-window.js");
  const engine_code = fetched(`${kind}/footfall-engine.wasm`);
  const scenario = list.then(({ files }) => demo(files));
  let seen;
  const engine = new Promise((done) => { seen = done; }).then(() => compiled_from(engine_code));
  const canvas = document.getElementById("canvas");
  const bridge = new Bridge(canvas, kind, engine);
  const starting = code.then(() => createFootfallWindow({
    canvas,
    bridge,
    arguments: options_of(parameters),
    instantiateWasm(imports, done) {
      program.then((wasm) => WebAssembly.instantiate(wasm, imports).then(
        (instance) => done(instance, wasm))).catch(failed);
      return {};
    },
    onAbort: failed,
  }));
  progress_over([engine_code, program, code, scenario]);
  // Told where they are awaited, the engine's when a study is asked for.
  for (const early of [engine, scenario, starting]) early.catch(() => {});

  const { version } = await list;
  await settle_service_worker(version).catch(() => {});  // none: then without
  const module = await starting;
  if (!module._footfall_running()) return give_up(text("no_webgl"));
  bridge.attach(module);
  window.footfall = { ...functions_of(module), engine: kind };
  new Mirror(window.footfall);
  splash.classList.add("done");
  await new Promise(requestAnimationFrame);
  performance.mark("first-frame");
  seen();
  const opened = await scenario;
  if (opened) bridge.open(opened.name, opened.bytes);
  await keep_for_later().catch(() => {});  // no network: what is there stays
}

// ?lang=zh&theme=dark as the desktop's --lang zh --theme dark.
function options_of(query) {
  return ["lang", "theme"].filter((name) => query.has(name))
    .flatMap((name) => [`--${name}`, query.get(name)]);
}

function failed(error) {
  console.error(error);
  give_up(text("failed", error?.message ?? error));
}

start().catch(failed);
