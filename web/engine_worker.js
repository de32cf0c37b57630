// The worker around the engine (web/engine.cpp). Messages in:
//   { kind: "start", folder, module }   address of the engine's folder, compiled WebAssembly.Module
//   { kind: "run", request, generation }
// Messages out:
//   { kind: "started", memory, wanted } shared memory (engines with threads) and where in it the page
//                                       writes the lowest generation that it still waits for
//   { kind: "progress", generation, share, text }
//   { kind: "reply", generation, bytes }
//   { kind: "failed", generation, text }
"use strict";

let started;

async function start({ folder, module }) {
  const script = `${folder}footfall-engine.js`;
  importScripts(script);
  const engine = await createFootfallEngine({
    mainScriptUrlOrBlob: script,
    locateFile: (name) => folder + name,
    instantiateWasm(imports, done) {
      WebAssembly.instantiate(module, imports).then((instance) => done(instance, module));
      return {};
    },
  });
  const buffer = engine.HEAPU8.buffer;
  const shared = typeof SharedArrayBuffer !== "undefined" && buffer instanceof SharedArrayBuffer;
  self.postMessage({
    kind: "started",
    memory: shared ? buffer : null,
    wanted: engine._footfall_engine_wanted(),
  });
  return engine;
}

function run(engine, { request, generation }) {
  const at = engine._malloc(request.length);
  if (!at) throw new Error("out of memory");
  try {
    engine.HEAPU8.set(request, at);
    const size = engine._footfall_engine_run(at, request.length, generation);
    const from = engine._footfall_engine_reply();
    const bytes = engine.HEAPU8.slice(from, from + size);
    self.postMessage({ kind: "reply", generation, bytes }, [bytes.buffer]);
  } finally {
    engine._free(at);
  }
}

self.onmessage = async ({ data }) => {
  try {
    if (data.kind === "start") started = start(data);
    const engine = await started;
    if (data.kind === "run") run(engine, data);
  } catch (error) {
    self.postMessage({ kind: "failed", generation: data.generation ?? 0, text: String(error) });
  }
};
