// When another commitment is picked, its row comes with all the others. What was typed into those since they were asked
// for stays, and so does what was opened; htmx gives the focus back by itself.
(() => {
  "use strict";

  const items = document.getElementById("items");
  if (!window.htmx || !items) {
    return;
  }

  const fields = () => items.querySelectorAll("select, textarea, input");
  const details = () => items.querySelectorAll("fieldset details");
  const nameOf = (one) => one.closest("fieldset").querySelector("select").name;
  let typed = new Map();
  let opened = new Set();

  items.addEventListener("htmx:beforeSwap", () => {
    typed = new Map([...fields()].map((field) => [field.name, field.value]));
    opened = new Set([...details()].filter((one) => one.open).map(nameOf));
  });

  items.addEventListener("htmx:afterSwap", () => {
    for (const field of fields()) {
      field.value = typed.get(field.name) ?? field.value;
    }
    for (const one of details()) {
      one.open ||= opened.has(nameOf(one));
    }
  });
})();
