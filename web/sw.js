// The service worker: makes the page work without a network, and with threads on hosts that do not
// send the headers for them. Registered as sw.js?v=<version of files.json>.
//
// A version is stored whole before it is used, and all its files come from the store: no visitor
// gets a mixture of two. A new version waits until the page asks for it (web/loader.js), which finds
// it by files.json?fresh.
"use strict";

const VERSION = new URL(location).searchParams.get("v");
const CACHE = `footfall-${VERSION}`;

async function store_all() {
  const fresh = (name) => new Request(name, { cache: "no-cache" });
  const { version, files } = await (await fetch(fresh("files.json"))).json();
  if (version !== VERSION) throw new Error("the host has another version by now");
  const cache = await caches.open(CACHE);
  await cache.addAll(["./", "files.json", ...files].map(fresh));
}

async function remove_others() {
  for (const name of await caches.keys()) {
    if (name.startsWith("footfall-") && name !== CACHE) await caches.delete(name);
  }
}

// Threads need these headers: the page then shares no process with strangers.
function isolated(response) {
  if (response.status === 0) return response;  // a redirection of the host
  const { body, status, statusText } = response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  return new Response(body, { status, statusText, headers });
}

async function answer(request) {
  const stored = await (await caches.open(CACHE)).match(request, { ignoreSearch: true });
  return isolated(stored ?? await fetch(request));
}

self.addEventListener("install", (event) => event.waitUntil(store_all()));
self.addEventListener("activate", (event) => {
  event.waitUntil(remove_others().then(() => self.clients.claim()));
});
self.addEventListener("message", (event) => {
  if (event.data === "activate") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const { origin, search } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin || search === "?fresh") return;
  event.respondWith(answer(event.request));
});
