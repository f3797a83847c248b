// The list of commitments without a reload. htmx swaps the list; this adds what htmx does not know: that ticking a box
// is enough, that the number found is said aloud, where the focus goes, and which filters the reader had opened.
// Without this file, or without htmx, the form and the links work as they stand.
(() => {
  "use strict";

  const list = document.getElementById("list");
  const announcement = document.getElementById("announcement");
  if (!window.htmx || !list || !announcement) {
    return;
  }

  // Typing is not a choice yet: fields for text wait for the button or the Enter key.
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type=checkbox], input[type=radio], select") && event.target.form?.id === "filters-form") {
      event.target.form.requestSubmit();
    }
  });

  const isOther = (control) =>
    control.matches("select")
      ? control.selectedIndex !== Math.max(0, [...control.options].findIndex((one) => one.defaultSelected))
      : control.checked !== control.defaultChecked;

  // Whoever was quicker than this file made a choice that nobody heard. htmx has the form by the time all is read. A page
  // that one comes back to may show what was chosen before one left: it stays as it is.
  document.addEventListener("DOMContentLoaded", () => {
    const form = document.getElementById("filters-form");
    const isNew = performance.getEntriesByType("navigation")[0]?.type === "navigate";
    if (isNew && [...form.elements].some(isOther)) {
      form.requestSubmit();
    }
  });

  const facets = () => [...list.querySelectorAll("details")];
  const nameOf = (facet) => facet.querySelector("summary").textContent;
  const boxes = (facet) => [...facet.querySelectorAll("input")];
  let opened = new Map();
  // The facet all of whose choices were asked for, and the boxes that it showed before.
  let unfolded = null;
  // The control that the reader is at, and how far below the top of the window it was.
  let at = null;

  list.addEventListener("htmx:beforeRequest", (event) => {
    list.setAttribute("aria-busy", "true");
    const facet = event.detail.elt.matches("[data-unfolds]") && event.detail.elt.closest("details");
    unfolded = facet && { name: nameOf(facet), shown: new Set(boxes(facet).map((box) => box.id)) };
  });

  list.addEventListener("htmx:beforeSwap", () => {
    opened = new Map(facets().map((facet) => [nameOf(facet), facet.open]));
    const control = list.contains(document.activeElement) && document.activeElement;
    at = control && { id: control.id, top: control.getBoundingClientRect().top };
  });

  list.addEventListener("htmx:afterSettle", () => {
    list.removeAttribute("aria-busy");
    for (const facet of facets()) {
      facet.open = opened.get(nameOf(facet)) ?? facet.open;
    }
    const results = document.getElementById("results");
    const facet = unfolded && facets().find((one) => nameOf(one) === unfolded.name);
    // Those in force stood below the first, and may stand among the rest now.
    const box = facet && boxes(facet).find((one) => !unfolded.shown.has(one.id));
    // Going back swaps too, without a request.
    unfolded = null;
    // htmx gives the focus back to the control that had it, if there still is one of that id.
    if (box) {
      box.focus();
    } else if (!document.activeElement || document.activeElement === document.body) {
      results.focus();
    } else if (at?.id && at.id === document.activeElement.id) {
      // Rows above it came or went: it stays where it was.
      window.scrollBy({ top: document.activeElement.getBoundingClientRect().top - at.top, behavior: "instant" });
    }
    announcement.textContent = results.dataset.announcement;
  });

  // Something went wrong on the way: go there as if there were no scripts, and see what the browser says.
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:swapError"]) {
    document.body.addEventListener(failure, (event) => {
      window.location.assign(event.detail.pathInfo.finalRequestPath);
    });
  }
})();
