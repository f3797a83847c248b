// Lists that are searched while one types tell jQuery alone what was chosen. This tells the page as well, as a plain
// list would, so that the preview and what keeps the form learn of it.
(() => {
  "use strict";

  const jQuery = window.django?.jQuery;
  if (!jQuery) {
    return;
  }

  const values = (options) => [...options].map((option) => option.value).join("\n");
  const told = new WeakMap();

  jQuery(document).on("change", "select", ({ originalEvent, target }) => {
    const before = told.get(target) ?? values([...target.options].filter((option) => option.defaultSelected));
    const now = values(target.selectedOptions);
    told.set(target, now);
    // An event of the browser's own comes with the original: that one the page has heard. Django's scripts tell of every
    // list as the page opens, when nobody has chosen anything.
    if (!originalEvent && now !== before) {
      target.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
})();
