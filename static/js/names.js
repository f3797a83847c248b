// Gives the boxes of searchable lists the names of their fields: Select2 leaves them without one, and a screen reader
// would say "edit, blank" at each.
"use strict";

(() => {
  const nameOf = (select) => (select.labels[0]?.textContent ?? select.getAttribute("aria-label") ?? "").replace(/:?\s*$/, "");

  const name = (root) => {
    for (const select of root.querySelectorAll("select.admin-autocomplete")) {
      const box = document.getElementById(`select2-${select.id}-container`);
      const search = select.nextElementSibling?.querySelector(".select2-search__field");
      for (const element of [box, search]) element?.setAttribute("aria-label", nameOf(select));
    }
  };

  // After the script that makes the boxes: jQuery puts it off until the page is ready, and a moment longer.
  window.addEventListener("load", () => setTimeout(() => name(document)));
  document.addEventListener("formset:added", (event) => setTimeout(() => name(event.target)));
})();
