#!/usr/bin/env bash
# Gathers the page in build/web: files of web/, both wasm bundles, font, demo scenario.
# Everything must have been built; ./run web does that and serves the folder.
#
#   st/ footfall-window and footfall-engine without threads      fonts/cjk.ttf
#   mt/ footfall-engine with threads                             demo/ the demo scenario
#   files.json   every file with a version over all contents, for the service worker
set -euo pipefail
shopt -s nullglob
cd "$(dirname "$0")/.."

page=build/web.new
rm -rf "$page" && mkdir -p "$page"/{st,mt,fonts,demo}
cp web/*.{html,css,js,svg,png,webmanifest} "$page"
cp build/wasm-st/footfall-{window,engine}.{js,wasm} "$page/st"
cp build/wasm-mt/footfall-engine.{js,wasm,worker.js} "$page/mt"
cp build/wasm-st/generated/fonts/cjk.ttf "$page/fonts"
cp -r build/demo/liechtenstein* "$page/demo"
tools/notices.sh >"$page/THIRD-PARTY.txt"
(cd "$page" && find . -type f | sed 's#^\./##' | LC_ALL=C sort | node -e '
  const { createHash } = require("node:crypto");
  const { readFileSync, writeFileSync } = require("node:fs");
  const files = readFileSync(0, "utf8").trim().split("\n");
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(readFileSync(file));
  const version = hash.digest("hex").slice(0, 16);
  writeFileSync("files.json", JSON.stringify({ version, files }, null, 1) + "\n");')
rm -rf build/web && mv "$page" build/web
