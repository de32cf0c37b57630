// What the page itself says: before the window is there, and where the window cannot.

export const texts = {
  en: {
    loading: "Loading…",
    no_wasm: "This browser cannot run Footfall: it lacks WebAssembly with SIMD. " +
      "Chrome or Edge 91, Firefox 89, Safari 16.4 and later have it.",
    no_webgl: "This browser gives no WebGL 2, which the map needs. " +
      "Switch hardware acceleration on, or try another browser.",
    failed: "Footfall could not be loaded: {0}",
    retry: "Try again",
    engine_failed: "the engine stopped: {0}",
    too_large: "has {0} MB; the page can open at most {1} MB",
    unreadable: "could not be read: {0}",
    no_files: "holds no files",
    popup: "the browser kept the new tab closed",
    map: "Map and panels of Footfall. All commands are also in the list that follows.",
    commands: "Commands",
    ranking: "Ranking of sites",
    results: "Results",
  },
  zh: {
    loading: "正在加载…",
    no_wasm: "此浏览器无法运行 Footfall：缺少带 SIMD 的 WebAssembly。" +
      "Chrome 或 Edge 91、Firefox 89、Safari 16.4 及更新的版本均可。",
    no_webgl: "此浏览器未提供地图所需的 WebGL 2。请打开硬件加速，或换用其他浏览器。",
    failed: "无法加载 Footfall：{0}",
    retry: "重试",
    engine_failed: "计算引擎已停止：{0}",
    too_large: "大小为 {0} MB，页面最多只能打开 {1} MB",
    unreadable: "无法读取：{0}",
    no_files: "不含任何文件",
    popup: "浏览器阻止了新标签页",
    map: "Footfall 的地图与面板。所有命令也列在下面的清单中。",
    commands: "命令",
    ranking: "选址排名",
    results: "结果",
  },
};

// "en" or "zh": the first of the browser's languages that there is.
export function preferred_language() {
  const wanted = (navigator.languages ?? [navigator.language]).map((l) => l.slice(0, 2));
  return wanted.find((l) => l in texts) ?? "en";
}

let language;
export function use_language(code) {
  language = code in texts ? code : preferred_language();
  document.documentElement.lang = language === "zh" ? "zh-CN" : language;
}

export function text(key, ...values) {
  return texts[language][key].replace(/\{(\d)\}/g, (whole, i) => values[i] ?? whole);
}
