"use strict";
// The page is whole without this script. It adds: copying a citation, unfolding what a filter has chosen, and
// single-key shortcuts that can be switched off (WCAG 2.1.4). Nothing is fetched and nothing is sent.
(() => {
  const page = document.body;
  page.classList.add("scripted");
  const dialog = document.querySelector("dialog");
  const output = document.querySelector("output");
  const shortcuts = document.getElementById("shortcuts");
  const parts = JSON.parse(page.dataset.cite);

  // Storage may be forbidden, as it often is for files on disk: then the choice lasts as long as the page.
  const remembered = (value) => {
    try {
      if (value !== undefined) localStorage.setItem("onrecord.shortcuts", value);
      return localStorage.getItem("onrecord.shortcuts");
    } catch (forbidden) {
      return null;
    }
  };
  shortcuts.checked = remembered() !== "off";
  shortcuts.addEventListener("change", () => remembered(shortcuts.checked ? "on" : "off"));

  // Offsets are code points and come ready-made from the record: nothing is counted here.
  const citation = (turn) => {
    const [start, end] = turn.dataset.at.split(" ");
    const fields = { speaker: turn.dataset.by, turn: turn.dataset.n, start, end };
    const text = parts.map((part, place) => (place % 2 ? fields[part] : part)).join("");
    const here = location.protocol.startsWith("http") ? `, ${turn.querySelector("a.no").href}` : "";
    return text + here;
  };
  const copy = async (turn) => {
    const text = citation(turn);
    try {
      await navigator.clipboard.writeText(text);
      output.textContent = `${page.dataset.copied} ${text}`;
    } catch (refused) {
      output.textContent = `${page.dataset.failed} ${text}`;
    }
    setTimeout(() => { output.textContent = ""; }, 12000);
  };
  page.addEventListener("click", (event) => {
    if (event.target.matches("button.cite")) copy(event.target.closest(".turn"));
    if (event.target.id === "help") dialog.showModal();
    if (event.target.id === "close") dialog.close();
  });

  page.addEventListener("change", (event) => {
    if (!event.target.closest(".filters")) return;
    const chosen = page.querySelector(".filters input:checked:not([id$='-all'])") !== null;
    document.querySelectorAll(".group > details").forEach((fold) => { fold.open = chosen; });
  });

  // Looked up when a key is pressed: a page in the reader grows as it is read.
  const turns = ".turn[id]";
  const notes = ".note, .difference, .note-like";
  const at = new Map();
  // The next one after the last one visited; where the reader has scrolled away, the first one in view.
  const step = (all, by) => {
    const list = [...document.querySelectorAll(all)].filter((one) => getComputedStyle(one).display !== "none"); // not what a filter hides
    if (!list.length) return;
    const last = list.indexOf(at.get(all));
    const seen = last >= 0 && Math.abs(list[last].getBoundingClientRect().top) < innerHeight;
    let next = seen ? last + by : list.findIndex((one) => one.getBoundingClientRect().top > 8);
    if (!seen && by < 0) next = (next < 0 ? list.length : next) - 1;
    next = Math.min(Math.max(next, 0), list.length - 1);
    at.set(all, list[next]);
    list[next].focus({ preventScroll: true });
    list[next].scrollIntoView({ block: all === turns ? "start" : "center" });
  };
  const keys = {
    j: () => step(turns, 1),
    k: () => step(turns, -1),
    n: () => step(notes, 1),
    p: () => step(notes, -1),
    c: () => { const turn = document.activeElement.closest(".turn[id]"); if (turn) copy(turn); },
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === "?") { dialog.showModal(); return; }
    if (!shortcuts.checked || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
