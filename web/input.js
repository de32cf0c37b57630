// What SDL leaves out in a browser: text with an input method, the clipboard, and keys that are the
// browser's own.
//
// Keys go to the canvas, where SDL listens. While the window wants text, a field stands at the caret
// and has the focus: its text goes to the window, its other keys are sent on to the canvas. The
// field is seen only while an input method composes.

const key_of = (event) => event.key.toLowerCase();
const is_command = (event) =>
  (event.ctrlKey || event.metaKey) && !event.getModifierState("AltGraph");
const is_text = (event) => [...event.key].length === 1 && !is_command(event);
const is_paste = (event) => is_command(event) && key_of(event) === "v";
const is_composing = (event) => event.isComposing || event.keyCode === 229;

// Reload, new tab, developer tools, zoom, print.
function is_browsers(event) {
  if (["F5", "F11", "F12"].includes(event.key)) return true;
  if (!is_command(event)) return false;
  return (event.shiftKey ? "cijnrt" : "rtwnlpd+-=0").includes(key_of(event));
}

export class Input {
  #canvas;
  #field;
  #send;
  #active = false;

  // send(text): typed or composed; paste(text).
  constructor(canvas, field, send, paste) {
    this.#canvas = canvas;
    this.#field = field;
    this.#send = send;
    addEventListener("keydown", (event) => this.#filter(event), true);
    canvas.addEventListener("pointerdown", () => this.focus());
    for (const type of ["keydown", "keyup"]) {
      field.addEventListener(type, (event) => this.#key(event));
    }
    field.addEventListener("input", (event) => { if (!event.isComposing) this.#flush(); });
    field.addEventListener("compositionstart", () => field.classList.add("composing"));
    field.addEventListener("compositionend", () => {
      field.classList.remove("composing");
      this.#flush();
    });
    field.addEventListener("paste", (event) => {
      event.preventDefault();
      paste(event.clipboardData.getData("text/plain"));
    });
  }

  focus() {
    (this.#active ? this.#field : this.#canvas).focus({ preventScroll: true });
  }

  // The window wants text at this place (CSS pixels), or no more.
  place(active, x, y, height) {
    this.#field.style.left = `${x}px`;
    this.#field.style.top = `${y}px`;
    this.#field.style.height = `${height}px`;
    if (active === this.#active) return;
    const had_focus = [this.#canvas, this.#field, document.body].includes(document.activeElement);
    this.#active = active;
    this.#field.value = "";
    if (had_focus) this.focus();
  }

  // Keeps from SDL, which would swallow them, the keys of the browser and the way out by Tab.
  #filter(event) {
    const leaves = event.key === "Tab" && !this.#active;
    if (event.target === this.#canvas && event.isTrusted && (leaves || is_browsers(event))) {
      event.stopImmediatePropagation();
    }
  }

  #key(event) {
    if (is_composing(event) || is_text(event) || is_paste(event) || is_browsers(event)) return;
    event.preventDefault();
    this.#canvas.dispatchEvent(new KeyboardEvent(event.type, event));
  }

  #flush() {
    if (this.#field.value) this.#send(this.#field.value);
    this.#field.value = "";
  }
}

export function copy(text) {
  navigator.clipboard?.writeText(text).catch(() => {});
}
