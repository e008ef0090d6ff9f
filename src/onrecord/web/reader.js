"use strict";
// Every page is whole without this script. It adds: a file dropped on the field, the search key, keys on lists of
// differences and hits, and a name remembered in this browser for the next correction. Nothing is sent by it.
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
  const notes = new Map([...document.querySelectorAll(".note b a")].map((link) => [link.hash.slice(1), link.closest(".note")]));
  document.addEventListener("click", (event) => {
    const words = event.target.closest(".leaf .hit");
    if (!words || event.target.closest("a, button") || !getSelection().isCollapsed) return;
    const note = [words.id, ...words.classList].map((name) => notes.get(name)).find(Boolean);
    if (!note) return;
    document.querySelectorAll(".note.on").forEach((one) => one.classList.remove("on"));
    note.classList.add("on");
    note.focus({ preventScroll: true });
    note.scrollIntoView({ block: "nearest" });
  });

  const shortcuts = document.getElementById("shortcuts");
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !shortcuts.checked) return;
    if (event.target.closest("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    document.getElementById("q").focus();
  });
})();
