"use strict";
// Every page is whole without this script. It adds: a file dropped on the field, the search key, keys on lists of
// differences and hits, a name remembered in this browser for the next correction, and what a person needs to know
// when htmx has put something new into the page. Nothing is sent by it.
(() => {
  const field = document.querySelector("textarea[data-drop]");
  const file = document.querySelector("input[type=file]");
  if (field && file) {
    for (const kind of ["dragenter", "dragover"]) {
      field.addEventListener(kind, (event) => {
        if (![...event.dataTransfer.types].includes("Files")) return;
        event.preventDefault();
        field.classList.add("over");
      });
    }
    for (const kind of ["dragleave", "drop"]) field.addEventListener(kind, () => field.classList.remove("over"));
    field.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      file.files = event.dataTransfer.files;
      file.focus();
    });
  }

  const author = document.querySelector("[data-keep]");
  if (author) {
    try {
      author.value ||= localStorage.getItem("onrecord.author") || "";
      author.form.addEventListener("submit", () => localStorage.setItem("onrecord.author", author.value));
    } catch (forbidden) {
      // Storage is not allowed: the name is typed each time.
    }
  }

  // A link of a note lights its words; the words, when they are clicked, light their note.
  document.addEventListener("click", (event) => {
    const words = event.target.closest(".leaf .hit");
    if (!words || event.target.closest("a, button") || !getSelection().isCollapsed) return;
    const names = new Set([words.id, ...words.classList].map((name) => `#${name}`));
    const link = [...document.querySelectorAll(".note b a")].find((one) => names.has(one.hash));
    if (!link) return;
    const note = link.closest(".note");
    document.querySelectorAll(".note.on").forEach((one) => one.classList.remove("on"));
    note.classList.add("on");
    note.focus({ preventScroll: true });
    note.scrollIntoView({ block: "nearest" });
  });
  // Words in several pieces light up together; the style sheet knows the pieces of the page that was sent, not of the next.
  addEventListener("hashchange", () => {
    document.querySelectorAll(".hit.on").forEach((one) => one.classList.remove("on"));
    const pieces = document.getElementsByClassName(location.hash.slice(1));
    for (const one of pieces) if (one.matches(".leaf .hit")) one.classList.add("on");
  });

  const shortcuts = document.getElementById("shortcuts");
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !shortcuts.checked) return;
    if (event.target.closest("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    document.getElementById("q").focus();
  });

  // A link that is opened elsewhere, in a new tab, is left to the browser.
  document.addEventListener("click", (event) => {
    if ((event.ctrlKey || event.metaKey || event.shiftKey) && event.target.closest("a[hx-get]")) event.stopPropagation();
  }, true);
  // Something new stands in the page. It is said to those who do not see it, and who followed a link that is gone goes
  // on from the first of what came. An answer that is no page of ours is asked for again in the plain way, and seen.
  let before = null;
  addEventListener("htmx:beforeSwap", (event) => { before = event.detail.target.previousElementSibling; });
  addEventListener("htmx:afterRequest", ({ detail: { requestConfig: { elt }, successful, target } }) => {
    if (!successful) {
      if (elt.matches("form")) elt.submit();
      if (elt.matches("a")) location.assign(elt.href);
      return;
    }
    const more = target.matches(".onward") ? before?.nextElementSibling : null;
    if (more) document.querySelector(".onward [rel=prev]")?.remove(); // the page before stands above, on this one
    const news = more || document.querySelector("[data-told]") || document.getElementById("main");
    document.getElementById("told").textContent = more ? "" : news.matches("[data-told]") ? news.textContent : document.title;
    if (document.activeElement !== document.body || !elt.matches("a, form")) return;
    (more?.querySelector("a, [tabindex]") || news).focus({ preventScroll: true });
  });
})();
