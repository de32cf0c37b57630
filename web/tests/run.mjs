// The page's tests in Chromium. Ends with "N passed, M failed".
//
//   node web/tests/run.mjs [--page build/web] [--footfall build/release/footfall] [PART OF A NAME]
import { readdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Harness } from "./harness.mjs";

const { values, positionals } = parseArgs({
  options: {
    page: { type: "string", default: "build/web" },
    footfall: { type: "string", default: "build/release/footfall" },
  },
  allowPositionals: true,
});
const [part = ""] = positionals;
const here = dirname(fileURLToPath(import.meta.url));

// A file exports its tests as an object: name -> async (harness) => text to print, or nothing.
const tests = [];
for (const file of readdirSync(here).filter((name) => name.endsWith(".test.mjs")).sort()) {
  const { default: cases } = await import(pathToFileURL(resolve(here, file)));
  tests.push(...Object.entries(cases).filter(([name]) => name.includes(part)));
}

// Two browsers take the tests in turns: one waits while the other computes.
const queue = tests.slice();
let failed = 0;
async function work() {
  const harness = await Harness.start(
    { folder: resolve(values.page), program: resolve(values.footfall) });
  for (let next; (next = queue.shift());) {
    const [name, run] = next;
    const start = performance.now();
    try {
      const note = await run(harness);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`ok      ${name} (${seconds} s)${note ? `: ${note}` : ""}`);
    } catch (error) {
      ++failed;
      console.log(`FAILED  ${name}\n${String(error.stack).replace(/^/gm, "        ")}`);
    }
  }
  await harness.stop();
}
await Promise.all([work(), work()]);
console.log(`${tests.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 && tests.length > 0 ? 0 : 1);
