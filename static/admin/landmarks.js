/**
 * What the desk's theme leaves out for those who do not see a page: which part is the main one, and what its
 * navigations and searchable selects are called (WCAG 2.2, 1.3.1 and 4.1.2).
 */
(() => {
  function nameParts() {
    (document.querySelector("#main") ?? document.querySelector("#page"))?.setAttribute("role", "main");
    const sections = document.querySelector("#nav-sidebar-inner");
    sections?.setAttribute("aria-label", sections.querySelector("a, h1, h2, div")?.textContent.trim().replace(/\s+/g, " "));
    for (const part of document.querySelectorAll("#nav-sidebar .simplebar-content-wrapper")) part.removeAttribute("role");
  }

  /** Select2 puts a box of its own in the place of a select, and leaves its label behind. */
  function nameSelects() {
    for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
      const label = select.labels[0];
      const box = select.nextElementSibling?.querySelector(".select2-selection");
      if (!label || !box) continue;
      label.id ||= `${select.id}-label`;
      const shown = box.querySelector(".select2-selection__rendered");
      box.setAttribute("aria-labelledby", [label.id, shown?.id].filter(Boolean).join(" "));
      shown?.setAttribute("aria-labelledby", label.id);
    }
  }

  /** A tab hides the heading of the second level that its forms' headings of the third follow. */
  function rankHeadings() {
    for (const heading of document.querySelectorAll("[data-inline-type] h3")) heading.setAttribute("aria-level", "2");
  }

  function nameForms() {
    nameSelects();
    rankHeadings();
  }

  document.addEventListener("DOMContentLoaded", () => {
    nameParts();
    nameForms();
    // Selects are replaced later, and with every form that is added.
    new MutationObserver(nameForms).observe(document.body, { childList: true, subtree: true });
  });
  window.addEventListener("load", nameParts);
})();
