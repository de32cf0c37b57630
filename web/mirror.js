// The window for those who cannot see a canvas: all commands as buttons, the ranking as a table,
// results and toasts read out. Made from the window's snapshot, at most four times a second and only
// after a new frame.
import { text, use_language } from "./texts.js";

const INTERVAL_MS = 250;
const COLUMNS = ["expected_sales", "net_new_sales", "transferred"];

function element(tag, content, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = content;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

// Changes the text only where it differs: screen readers read out every change.
function say(id, content) {
  const place = document.getElementById(id);
  if (place.textContent !== content) place.textContent = content;
}

export class Mirror {
  #window;               // functions of the window, see web/bridge.js
  #frame = -1;
  #commands = "";        // as last shown
  #ranking = "";

  constructor(window) {
    this.#window = window;
    setInterval(() => this.update(), INTERVAL_MS);
  }

  update() {
    if (document.hidden || this.#window.frames() === this.#frame) return;
    const state = this.#window.snapshot();
    this.#frame = this.#window.frames();
    use_language(state.language);
    document.documentElement.dataset.theme = state.theme;
    document.title = state.scenario ? `${state.scenario.name} – Footfall` : "Footfall";
    say("mirror-note", text("map"));
    this.#show_commands(this.#window.commands());
    this.#show_ranking(state);
    say("mirror-toast", state.toast?.text ?? "");
    if (!state.pending) say("mirror-results", this.#summary(state));
  }

  #label(column) {
    return this.#window.label("column", column);
  }

  #summary({ error, sites = [] }) {
    if (error) return error;
    const best = sites[0];
    if (!best) return "";
    const figures = COLUMNS.map((c) => `${this.#label(c)} ${best[c]}`).join(", ");
    return `${text("results")}: 1. ${best.name}: ${figures}`;
  }

  #show_commands(commands) {
    const shown = JSON.stringify(commands);
    if (shown === this.#commands) return;
    this.#commands = shown;
    const list = document.getElementById("mirror-commands");
    list.setAttribute("aria-label", text("commands"));
    const present = new Map([...list.children].map((button) => [button.dataset.id, button]));
    list.replaceChildren(...commands.map(({ id, text: label, shortcut, enabled }) => {
      const button = present.get(id) ?? this.#button(id);
      button.textContent = label;
      button.setAttribute("aria-disabled", String(!enabled));
      if (shortcut) button.setAttribute("aria-keyshortcuts", shortcut.replaceAll("Ctrl", "Control"));
      return button;
    }));
  }

  #button(id) {
    const button = element("button", "", { type: "button", "data-id": id });
    button.addEventListener("click", () => this.#window.run(id));
    return button;
  }

  #show_ranking({ language, sites = [] }) {
    const rows = sites.map((site) => [site.rank, site.name, ...COLUMNS.map((c) => site[c] ?? "")]);
    const shown = JSON.stringify([language, rows]);
    if (shown === this.#ranking) return;
    this.#ranking = shown;
    const table = document.getElementById("mirror-ranking");
    const heads = ["rank", "name", ...COLUMNS].map(
      (column) => element("th", this.#label(column), { scope: "col" }));
    table.caption.textContent = text("ranking");
    table.tHead.replaceChildren(element("tr", ""));
    table.tHead.rows[0].append(...heads);
    table.tBodies[0].replaceChildren(...rows.map((cells) => {
      const row = element("tr", "");
      row.append(...cells.map((cell) => element("td", cell)));
      return row;
    }));
  }
}
