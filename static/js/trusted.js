// What scripts may make markup of. The Content-Security-Policy lets no script hand a string to the page (Trusted Types);
// htmx, jQuery and Select2 do, and so each of their strings comes by here. One in which anything could run is refused
// whole. Loaded before them; where a browser knows no Trusted Types, the rest of the policy still holds.
(() => {
  "use strict";

  if (!window.trustedTypes?.createPolicy) {
    return;
  }

  const RUNS = ["javascript:", "data:", "vbscript:"];
  const LEADS = ["href", "xlink:href", "src", "action", "formaction", "data"];
  // Parsed to be looked at, in a document that is never shown and in which nothing runs.
  const looked = trustedTypes.createPolicy("looked-at", { createHTML: (text) => text });
  const asPage = (text) => new DOMParser().parseFromString(looked.createHTML(text), "text/html");
  // Tags of rows and cells mean something within a table alone; elsewhere they are lost, with their attributes.
  const asRows = (text) => {
    const table = document.implementation.createHTMLDocument("").createElement("table");
    table.innerHTML = looked.createHTML(text);
    return table;
  };

  const runs = ({ name, value }) => {
    if (name.startsWith("on") || name === "srcdoc") {
      return true;
    }
    return LEADS.includes(name) && URL.canParse(value, "https://a/") && RUNS.includes(new URL(value, "https://a/").protocol);
  };

  // htmx fetches whole pages when a reader goes back, with their own scripts and their data; it runs none of them.
  const isOurs = (script) =>
    script.hasAttribute("src")
      ? URL.canParse(script.getAttribute("src"), location.href) &&
        new URL(script.getAttribute("src"), location.href).origin === location.origin
      : script.getAttribute("type") === "application/ld+json";

  const canRun = (root) =>
    [...root.querySelectorAll("*")].some(
      (element) =>
        (element.localName === "script" && !isOurs(element)) ||
        [...element.attributes].some(runs) ||
        // What is within a template is no part of the tree around it.
        (element.localName === "template" && element.content && canRun(element.content)),
    );

  trustedTypes.createPolicy("default", {
    createHTML: (text) => (canRun(asPage(text)) || canRun(asRows(text)) ? null : text),
  });
})();
