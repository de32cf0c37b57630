// Small values that survive a restart, in IndexedDB: key -> bytes. Where the browser refuses storage
// (private windows), values last as long as the page.

const STORE = "values";
const fallback = new Map();

function opened() {
  return new Promise((done, failed) => {
    const request = indexedDB.open("footfall", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}
let database;

async function transaction(mode, work) {
  database ??= opened();
  const store = (await database).transaction(STORE, mode).objectStore(STORE);
  return new Promise((done, failed) => {
    const request = work(store);
    store.transaction.oncomplete = () => done(request.result);
    store.transaction.onerror = store.transaction.onabort = () => failed(store.transaction.error);
  });
}

export async function store(key, bytes) {
  fallback.set(key, bytes);
  await transaction("readwrite", (values) => values.put(bytes, key)).catch(() => {});
}

// The bytes, empty where there is nothing.
export async function load(key) {
  const found = await transaction("readonly", (values) => values.get(key)).catch(() => undefined);
  return found ?? fallback.get(key) ?? new Uint8Array();
}
