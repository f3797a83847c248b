// Lists that are searched while one types tell jQuery alone what was chosen. This tells the page as well, as a plain
// list would, so that the preview and what keeps the form learn of it.
(() => {
  "use strict";

  const jQuery = window.django?.jQuery;
  if (!jQuery) {
    return;
  }
  jQuery(document).on("change", "select", (event) => {
    // An event of the browser's own comes with the original: that one the page has heard.
    if (!event.originalEvent) {
      event.target.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
})();
