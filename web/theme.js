// Runs before anything is drawn: no light flash in a dark room. Later the window's theme rules
// (web/mirror.js).
document.documentElement.dataset.theme = new URLSearchParams(location.search).get("theme") ??
  (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
