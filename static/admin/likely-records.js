/** While the name of a new record is typed: the records that it may already be, below the field. */
const place = document.getElementById("likely-records");
const name = document.getElementById("id_name");
const PAUSE = 400; // milliseconds without a key
let waiting;

function show(found) {
  place.replaceChildren();
  place.hidden = found.length === 0;
  if (!found.length) return;
  const list = document.createElement("ul");
  for (const one of found) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = one.page;
    link.target = "_blank";
    link.textContent = one.name;
    item.append(link, one.why ? ` (${one.why})` : "");
    list.append(item);
  }
  place.append(place.dataset.label, list);
}

/** The first position that is filled in on the form, {} if none is. */
function position() {
  for (const latitude of name.form.querySelectorAll("input[name$=latitude]")) {
    const longitude = name.form.elements[latitude.name.replace(/latitude$/, "longitude")];
    const [y, x] = [latitude, longitude].map((field) => field.value.trim().replace(",", "."));
    if (y && x) return { latitude: y, longitude: x };
  }
  return {};
}

async function ask() {
  const typed = name.value.trim();
  if (typed.length < 3) return show([]);
  const country = document.getElementById("id_country")?.value ?? "";
  const query = new URLSearchParams({ kind: place.dataset.kind, name: typed, country, ...position() });
  const { found = [] } = await (await fetch(`${place.dataset.address}?${query}`)).json();
  if (name.value.trim() === typed) show(found);
}

if (place && name) {
  name.closest("div").append(place);
  const askSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask().catch(() => {}), PAUSE); // a hint only: without it nothing is lost
  };
  name.addEventListener("input", askSoon);
  if (name.value !== name.defaultValue) askSoon(); // typed before this module arrived
  name.form.addEventListener("change", ({ target }) => {
    if (/(^id_country|latitude|longitude)$/.test(target.id)) askSoon();
  });
}
