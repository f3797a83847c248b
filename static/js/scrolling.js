// Lets the keyboard scroll what is wider than the screen: Django's tables of rows, where nothing in them takes the focus.
// Without this file, browsers that let every scrolling box take the focus still do so.
(() => {
  "use strict";

  for (const wrapper of document.querySelectorAll(".tabular .wrapper")) {
    const heading = wrapper.closest("fieldset")?.querySelector("h2");
    wrapper.tabIndex = 0;
    wrapper.setAttribute("role", "region");
    if (heading) {
      wrapper.setAttribute("aria-labelledby", heading.id);
    }
  }
})();
