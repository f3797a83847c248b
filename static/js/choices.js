// Lists that are searched while one types tell jQuery alone what was chosen. This tells the page as well, as a plain
// list would, so that the preview and what keeps the form learn of it.
(() => {
  "use strict";

  const jQuery = window.django?.jQuery;
  if (!jQuery) {
    return;
  }

  const values = (options) => [...options].map((option) => option.value).join("\n");
  // As the page came; a list that is added later has told of nothing.
  const told = new WeakMap();
  for (const list of document.querySelectorAll("select")) {
    told.set(list, values([...list.options].filter((option) => option.defaultSelected)));
  }

  jQuery(document).on("change", "select", ({ originalEvent, target }) => {
    const now = values(target.selectedOptions);
    const isNew = now !== told.get(target);
    told.set(target, now);
    // An event of the browser's own comes with the original: that one the page has heard. Django's scripts tell of every
    // list as the page opens, when nobody has chosen anything.
    if (!originalEvent && isNew) {
      target.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
})();
