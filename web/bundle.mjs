// Puts together the folder that any web host can serve: the page, both engines, the font, the demo.
//
//   node web/bundle.mjs [--st build/wasm-st] [--mt build/wasm-mt] [--demo FILE] [--out build/web]
//
// Without --demo an earlier demo in the folder stays. The service worker gets the list of files and
// a version made from their bytes, so a visitor keeps one whole version until the next is complete.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync }
  from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));

const page = ["index.html", "style.css", "icon.svg", "manifest.webmanifest", "loader.js",
  "bridge.js", "engine.js", "engine_worker.js", "files.js", "input.js", "mirror.js", "storage.js",
  "tar.js", "texts.js"];

function sources({ st, mt, demo, out }) {
  const files = new Map(page.map((name) => [name, join(here, name)]));
  files.set("footfall-window.js", join(st, "footfall-window.js"));
  files.set("footfall-window.wasm", join(st, "footfall-window.wasm"));
  files.set("cjk.ttf", join(st, "generated/fonts/cjk.ttf"));
  for (const [kind, folder] of [["st", st], ["mt", mt]]) {
    files.set(`engine-${kind}.js`, join(folder, "footfall-engine.js"));
    files.set(`engine-${kind}.wasm`, join(folder, "footfall-engine.wasm"));
  }
  files.set("engine-mt.worker.js", join(mt, "footfall-engine.worker.js"));
  const present = join(out, "demo.footfall");
  if (demo || existsSync(present)) files.set("demo.footfall", demo ?? present);
  return files;
}

export function bundle({ st = "build/wasm-st", mt = "build/wasm-mt", demo, out = "build/web" }) {
  const files = sources({ st, mt, demo, out });
  const missing = [...files.values()].filter((path) => !existsSync(path));
  if (missing.length) throw new Error(`not built yet: ${missing.join(", ")}`);

  const fresh = `${out}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const hash = createHash("sha256");
  for (const [name, path] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    copyFileSync(path, join(fresh, name));
    hash.update(name).update(readFileSync(path));
  }
  const worker = readFileSync(join(here, "sw.js"), "utf8");
  hash.update(worker);
  const head = `const VERSION = "${hash.digest("hex").slice(0, 16)}";\n` +
    `const FILES = ${JSON.stringify([...files.keys()])};\n`;
  writeFileSync(join(fresh, "sw.js"), head + worker);
  rmSync(out, { recursive: true, force: true });
  renameSync(fresh, out);
  return { out, files: files.size + 1 };
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  const options = Object.fromEntries(
    ["st", "mt", "demo", "out"].map((name) => [name, { type: "string" }]));
  try {
    const { out, files } = bundle(parseArgs({ options }).values);
    console.log(`${files} files in ${out}`);
  } catch (error) {
    console.error(`bundle: ${error.message}`);
    process.exit(1);
  }
}
