/** Says below a field what the desk understands of a typed figure or date, as soon as the field is left. */

/** The line below the field; made when first needed. */
function line(field) {
  const id = `${field.id}-understood`;
  let found = document.getElementById(id);
  if (!found) {
    found = document.createElement("p");
    found.id = id;
    found.className = "desk-understood";
    found.setAttribute("role", "status");
    field.after(found);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  }
  return found;
}

async function say(field) {
  const text = field.value.trim();
  const asked = new URLSearchParams({ as: field.dataset.reads, text });
  const answer = text ? await (await fetch(`${field.dataset.readsAt}?${asked}`)).json() : {};
  if (field.value.trim() !== text) return; // typed on meanwhile
  const said = line(field);
  said.textContent = answer.refused ?? (answer.understood && answer.understood !== text ? `= ${answer.understood}` : "");
  said.classList.toggle("desk-understood-not", Boolean(answer.refused));
}

// What was typed before this module arrived.
for (const field of document.querySelectorAll("[data-reads]")) {
  if (field.value !== field.defaultValue) say(field).catch(() => {});
}

document.addEventListener("change", (event) => {
  if (event.target.dataset?.reads) say(event.target).catch(() => {}); // the form itself says it when saved
});
