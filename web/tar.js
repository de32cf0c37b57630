// Several files as one POSIX ustar archive: the single-file form of a scenario.

const BLOCK = 512;

function header(name, size) {
  const block = new Uint8Array(BLOCK);
  const put = (text, at) => block.set(new TextEncoder().encode(text), at);
  const octal = (value, digits) => value.toString(8).padStart(digits, "0") + "\0";
  put(name, 0);
  put(octal(0o644, 7), 100);
  put(octal(0, 7), 108);             // owner
  put(octal(0, 7), 116);             // group
  put(octal(size, 11), 124);
  put(octal(0, 11), 136);            // time
  put("        ", 148);              // the checksum counts itself as spaces
  put("0", 156);                     // an ordinary file
  put("ustar\0" + "00", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(octal(sum, 6) + " ", 148);
  return block;
}

// members: [{ name, bytes: Uint8Array }]. Names are at most 100 bytes of UTF-8.
export function pack(members) {
  const padded = (size) => Math.ceil(size / BLOCK) * BLOCK;
  const total = members.reduce((sum, m) => sum + BLOCK + padded(m.bytes.length), 2 * BLOCK);
  const archive = new Uint8Array(total);
  let at = 0;
  for (const { name, bytes } of members) {
    archive.set(header(name, bytes.length), at);
    archive.set(bytes, at + BLOCK);
    at += BLOCK + padded(bytes.length);
  }
  return archive;
}
