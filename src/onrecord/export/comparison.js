// n and p go to the next and the previous difference that is shown; without this script the links do.
"use strict";
(() => {
  const findings = () => [...document.querySelectorAll("li.finding")].filter((one) => one.offsetParent !== null);
  let at = -1;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const way = { n: 1, p: -1 }[event.key];
    const all = findings();
    if (!way || !all.length) return;
    at = Math.min(Math.max(at + way, 0), all.length - 1);
    all[at].scrollIntoView({ block: "center" });
    all[at].focus({ preventScroll: true });
    event.preventDefault();
  });
})();
