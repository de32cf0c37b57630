// The page's side of the engine: one worker, one request at a time, the newest wins.

const CANCEL_MS = 80;  // grace for a cancelled run before its worker is ended

// "mt" where threads are possible, else "st"; ?engine=st decides otherwise.
export function engine_kind() {
  const asked = new URLSearchParams(location.search).get("engine");
  const threads = self.crossOriginIsolated && typeof SharedArrayBuffer !== "undefined";
  return threads && asked !== "st" ? "mt" : "st";
}

// module: promise of the compiled WebAssembly.Module, which all workers share.
// listener: { progress(generation, share, stage), reply(generation, bytes), failed(generation, text) }
export class Engine {
  #folder;
  #module;
  #listener;
  #worker = null;
  #wanted = null;   // the engine's word for "lowest generation wanted", where its memory is shared
  #current = null;  // { request, generation } that is waited for
  #busy = null;     // generation that the worker computes, perhaps unwanted by now
  #deadline = 0;    // timer of an unwanted run

  constructor(kind, module, listener) {
    this.#folder = new URL(`${kind}/`, document.baseURI).href;
    this.#module = module;
    this.#listener = listener;
    module.then(() => { if (!this.#worker) this.#start(); }, () => {});
  }

  run(request, generation) {
    this.#drop(generation);
    this.#current = { request, generation };
    if (!this.#worker) this.#start();
    this.#post();
  }

  cancel() {
    if (this.#current) this.#drop(this.#current.generation + 1);
  }

  // Ends what runs before `generation`. Where memory is shared the engine is asked first: so it
  // keeps its scenario.
  #drop(generation) {
    this.#current = null;
    if (this.#busy === null) return;
    if (!this.#wanted) return this.#restart();
    Atomics.store(this.#wanted, 0, generation);
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#restart(), CANCEL_MS);
  }

  #start() {
    const worker = new Worker("engine_worker.js");
    worker.onmessage = ({ data }) => { if (worker === this.#worker) this.#receive(data); };
    worker.onerror = (event) => { if (worker === this.#worker) this.#fail(event.message); };
    this.#worker = worker;
    this.#module.then((module) => {
      worker.postMessage({ kind: "start", folder: this.#folder, module });
    }, () => {});
  }

  #stop() {
    clearTimeout(this.#deadline);
    this.#worker?.terminate();
    this.#worker = this.#wanted = this.#busy = null;
  }

  #restart() {
    this.#stop();
    this.#start();
    if (this.#current) this.#post();
  }

  #post() {
    const worker = this.#worker;
    const { request, generation } = this.#current;
    this.#busy = generation;
    this.#module.then(() => worker.postMessage({ kind: "run", request, generation }),
                      (error) => this.#fail(String(error)));
  }

  #fail(reason) {
    const generation = this.#current?.generation;
    this.#stop();
    this.#current = null;
    if (generation !== undefined) this.#listener.failed(generation, reason);
  }

  #receive(data) {
    if (data.kind === "started") {
      if (data.memory) this.#wanted = new Int32Array(data.memory, data.wanted, 1);
      return;
    }
    if (data.kind === "failed") return this.#fail(data.text);
    const wanted = data.generation === this.#current?.generation;
    if (data.kind === "progress") {
      if (wanted) this.#listener.progress(data.generation, data.share, data.text);
      return;
    }
    clearTimeout(this.#deadline);
    if (data.generation === this.#busy) this.#busy = null;
    if (!wanted) return;
    this.#current = null;
    this.#listener.reply(data.generation, data.bytes);
  }
}
