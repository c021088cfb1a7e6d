/** The map's state in the page's address: filters as the form has them, `view=zoom/latitude/longitude`. */

const NOT_FILTERS = new Set(["view", "page", "as_of"]);

/** Zoom and position of a `view=5/45.1/66.2`, null where there is none or nonsense. */
export function readView(search) {
  const [zoom, latitude, longitude] = (new URLSearchParams(search).get("view") ?? "").split("/").map(Number);
  const fits = [zoom, latitude, longitude].every(Number.isFinite) && Math.abs(latitude) <= 90;
  return fits && longitude !== undefined ? { zoom, center: [latitude, longitude] } : null;
}

export function writeView(map) {
  const zoom = map.getZoom();
  const { lat, lng } = map.getCenter();
  const digits = Math.max(2, Math.ceil(zoom / 3));
  return [zoom, lat.toFixed(digits), lng.toFixed(digits)].join("/");
}

/** What the form asks for, without empty values. */
export function readForm(form) {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
}

/** Check in the form what an address asks for, and nothing else. Values without a box of their own get a hidden one. */
export function fillForm(form, search) {
  const asked = new URLSearchParams(search);
  for (const extra of form.querySelectorAll("input[data-extra]")) extra.remove();
  for (const box of form.querySelectorAll("input[type=checkbox]")) {
    box.checked = asked.getAll(box.name).includes(box.value);
  }
  for (const [name, value] of asked) {
    if (NOT_FILTERS.has(name)) continue;
    const known = [...form.elements].some((box) => box.name === name && box.value === value);
    if (!known) {
      const extra = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      extra.dataset.extra = "";
      form.append(extra);
    }
  }
}

/** A query string that readers can read: commas and slashes as they are. */
export function asSearch(parameters) {
  const text = parameters.toString().replaceAll("%2F", "/").replaceAll("%2C", ",");
  return text ? `?${text}` : location.pathname;
}
