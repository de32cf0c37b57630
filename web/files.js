// Files in and out: dropped on the page, chosen, downloaded, opened in a tab.
import { pack } from "./tar.js";
import { text } from "./texts.js";

const MAX_MB = 512;
const MAX_NAME_BYTES = 100;  // of a member of a tar
const megabytes = (bytes) => Math.ceil(bytes / 1048576);

async function bytes_of(file) {
  return new Uint8Array(await file.arrayBuffer());
}

// One file as it is; several as one archive, as a folder would be.
async function read_all(files, name) {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > MAX_MB * 1048576) throw new Error(text("too_large", megabytes(size), MAX_MB));
  if (files.length === 0) throw new Error(text("no_files"));
  if (files.length === 1) return { name: files[0].name, bytes: await bytes_of(files[0]) };
  const members = files.filter((f) => new TextEncoder().encode(f.name).length <= MAX_NAME_BYTES);
  members.sort((a, b) => (a.name < b.name ? -1 : 1));
  const read = await Promise.all(
    members.map(async (file) => ({ name: file.name, bytes: await bytes_of(file) })));
  return { name, bytes: pack(read) };
}

// The files of a dropped folder, without those of folders inside it.
async function files_of(folder) {
  const reader = folder.createReader();
  const entries = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) break;
    entries.push(...some);
  }
  return Promise.all(entries.filter((e) => e.isFile).map(
    (entry) => new Promise((done, failed) => entry.file(done, failed))));
}

// Must be called before the drop event ends: its items are gone afterwards.
function dropped(transfer) {
  const entries = [...transfer.items].filter((item) => item.kind === "file")
    .map((item) => item.webkitGetAsEntry?.());
  const folder = entries.find((entry) => entry?.isDirectory);
  const files = [...transfer.files];
  if (folder) return { name: folder.name, files: files_of(folder) };
  return { name: files[0]?.name ?? "", files: Promise.resolve(files) };
}

// listener: { file(name, bytes), failed(name, text) }
export class Files {
  #listener;
  #input = document.createElement("input");

  constructor(listener) {
    this.#listener = listener;
    this.#input.type = "file";
    this.#input.multiple = true;
    this.#input.hidden = true;
    this.#input.id = "file-input";
    this.#input.addEventListener("change", () => {
      const files = [...this.#input.files];
      this.#input.value = "";  // so that the same file can be chosen again
      if (files.length) this.#take(files[0].name, Promise.resolve(files));
    });
    document.body.append(this.#input);

    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", (event) => {
      event.preventDefault();
      const { name, files } = dropped(event.dataTransfer);
      if (name) this.#take(name, files);
    });
  }

  choose() {
    this.#input.click();
  }

  async #take(name, files) {
    try {
      const file = await read_all(await files, name);
      this.#listener.file(file.name, file.bytes);
    } catch (error) {
      const reason = error instanceof DOMException ? text("unreadable", error.message)
        : error.message;
      this.#listener.failed(name, reason);
    }
  }
}

function address_of(bytes, type) {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  return address;
}

export function download(name, bytes, type) {
  const link = document.createElement("a");
  link.href = address_of(bytes, type);
  link.download = name;
  link.click();
}

// False where the browser allows no new tab.
export function open_tab(html) {
  return window.open(address_of(html, "text/html;charset=utf-8"), "_blank") !== null;
}
