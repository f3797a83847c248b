// The fields for a new source: closed until its address turns out to be one that we do not know. The answer comes with
// the preview. Without this file they stand open.
(() => {
  "use strict";

  if (!window.htmx) {
    return;
  }

  const fieldsFor = (known) => document.querySelector(`[data-new-source="${known.id}"]`);

  const follow = (known) => {
    const fields = fieldsFor(known);
    const answer = known.querySelector("[data-known]")?.dataset.known;
    if (!fields || fields.contains(document.activeElement) || fields.querySelector(".errorlist")) {
      return;
    }
    if (answer) {
      fields.open = answer === "no";
    }
  };

  for (const known of document.querySelectorAll(".known")) {
    const fields = fieldsFor(known);
    const isTyped = [...(fields?.querySelectorAll("input[type=text]:not([name$=language])") ?? [])].some((one) => one.value);
    if (fields && !isTyped && !fields.querySelector(".errorlist")) {
      fields.open = false;
    }
    follow(known);
  }

  // The same words put in place again would be read out again.
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    if (target.textContent.trim() === fragment.textContent.trim()) {
      event.detail.shouldSwap = false;
    }
  });

  document.body.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.detail.target.matches(".known")) {
      follow(event.detail.target);
    }
  });
})();
