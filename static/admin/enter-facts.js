/**
 * Entering facts: what is typed into a form that is not saved yet is kept for this tab, and records that are
 * not listed are added in a window of their own, which chooses them here when it closes.
 */
const form = document.querySelector(".desk-entering #content-main form[method=post]");
const key = `facts ${window.location.pathname}${window.location.search}`;
const PASSED_OVER = ["csrfmiddlewaretoken", "_popup"];

const fields = () =>
  [...form.elements].filter((f) => f.name && !PASSED_OVER.includes(f.name) && !["submit", "button"].includes(f.type));

/** [name, value, what it is called] of every field; a list of records gives several. */
function typed() {
  return fields().flatMap((field) => {
    if (field.type === "checkbox" || field.type === "radio") return [[field.name, field.checked, field.value]];
    if (!field.selectedOptions) return [[field.name, field.value, ""]];
    return [...field.selectedOptions].map((option) => [field.name, option.value, option.text]);
  });
}

function restore(kept) {
  for (const [name, value, text] of kept) {
    for (const field of fields().filter((f) => f.name === name)) {
      if (field.type === "checkbox" || field.type === "radio") {
        if (field.value === text) field.checked = value;
      } else if (field.selectedOptions) {
        const found = [...field.options].find((option) => option.value === value);
        if (found) found.selected = true;
        else field.add(new Option(text, value, true, true));
        window.django?.jQuery(field).trigger("change");
      } else field.value = value;
    }
  }
}

if (form) {
  const kept = window.sessionStorage.getItem(key);
  const refused = form.querySelector(".errorlist, .errornote, [aria-invalid=true]");
  if (kept && !refused) window.addEventListener("load", () => restore(JSON.parse(kept)));
  const keep = () => window.sessionStorage.setItem(key, JSON.stringify(typed()));
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", () => window.sessionStorage.removeItem(key));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-adds-subject]");
  if (!link) return;
  event.preventDefault();
  // Django's own window for related records: its name, the link's target, says which field it fills. The link
  // itself opens the same window where this module has not arrived yet; here it only gets its size.
  window.open(link.href, link.target, "height=800,width=900,resizable=yes,scrollbars=yes").focus();
});
