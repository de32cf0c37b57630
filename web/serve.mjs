// Serves the page on this machine, with the headers that threads in the browser need.
//
//   node web/serve.mjs [folder] [port]      default: build/web 8080
//
// import { serve } from "./serve.mjs" gives the same to tests; port 0 takes any free one.
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const types = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".geojson": "application/geo+json",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};
const already_compressed = new Set([".png", ".gz"]);

// Resolves to { address, close }. `isolated: false` leaves out the headers, as a plain host does.
export async function serve(folder, port = 0, { isolated = true } = {}) {
  const root = resolve(folder);
  const compressed = new Map();  // path and time of change -> gzip

  async function answer(request, response) {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    let file = join(root, normalize(path));
    if (file !== root && !file.startsWith(root + "/")) return void response.writeHead(404).end();
    let info = await stat(file);
    if (info.isDirectory()) info = await stat((file = join(file, "index.html")));
    const extension = extname(file);
    const headers = {
      "Content-Type": types[extension] ?? "application/octet-stream",
      "Cache-Control": "no-cache",
    };
    if (isolated) {
      headers["Cross-Origin-Opener-Policy"] = "same-origin";
      headers["Cross-Origin-Embedder-Policy"] = "require-corp";
    }
    let body = await readFile(file);
    if (/\bgzip\b/.test(request.headers["accept-encoding"] ?? "") &&
        !already_compressed.has(extension)) {
      const key = `${file} ${info.mtimeMs} ${info.size}`;
      if (!compressed.has(key)) compressed.set(key, gzipSync(body));
      body = compressed.get(key);
      headers["Content-Encoding"] = "gzip";
      headers["Vary"] = "Accept-Encoding";
    }
    headers["Content-Length"] = body.length;
    response.writeHead(200, headers).end(request.method === "HEAD" ? undefined : body);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(404).end("not found\n"));
  });
  await new Promise((done, failed) => {
    server.once("error", failed).listen(port, "127.0.0.1", done);
  });
  return {
    address: `http://localhost:${server.address().port}/`,
    close: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }),
  };
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [folder = "build/web", port = "8080"] = process.argv.slice(2);
  try {
    const { address } = await serve(folder, Number(port));
    console.log(`Footfall is at ${address}  (stop with Ctrl+C)`);
  } catch (error) {
    console.error(`web: ${error.code === "EADDRINUSE" ? `port ${port} is taken` : error.message}`);
    process.exit(1);
  }
}
