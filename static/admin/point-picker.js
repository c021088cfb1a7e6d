/**
 * The desk's map to click for a position. Each `.point-picker` belongs to the longitude's field before it and to
 * the latitude's of the same form; clicking or dragging fills both, typing moves the marker.
 */
import { addBasemap } from "../js/map/basemap.js";

const { L } = window;
const REGION = [[36, 47], [55, 87]];
const NEAR = 8; // zoom at which a known position is shown
const DIGITS = 5; // about a metre

const longitudeOf = (picker) => picker.parentElement.querySelector("input[name$=longitude]");

/** The fields for latitude and longitude; their names differ only in the last part. */
function fieldsOf(picker) {
  const longitude = longitudeOf(picker);
  return [picker.closest("form").elements[longitude.name.replace(/longitude$/, "latitude")], longitude];
}

/** The position that is typed, or null while there is none on the globe. */
function positionIn([latitude, longitude]) {
  if (!latitude.value.trim() || !longitude.value.trim()) return null;
  const numbers = [latitude, longitude].map((field) => Number(field.value.trim().replace(",", ".")));
  const [y, x] = numbers;
  return Number.isFinite(y) && Number.isFinite(x) && Math.abs(y) <= 90 && Math.abs(x) <= 180 ? [y, x] : null;
}

function fill([latitude, longitude], { lat, lng }) {
  latitude.value = lat.toFixed(DIGITS);
  longitude.value = L.Util.wrapNum(lng, [-180, 180], true).toFixed(DIGITS);
  for (const field of [latitude, longitude]) field.dispatchEvent(new Event("change", { bubbles: true }));
}

function open(picker) {
  const { language, outlines, detail, labels, icon, shadow } = picker.dataset;
  const fields = fieldsOf(picker);
  const map = L.map(picker, { minZoom: 3, maxZoom: 16, zoomSnap: 0.5 });
  map.attributionControl.setPrefix("");
  addBasemap(map, { language, urls: { outlines, detail, labels } });
  const markerIcon = L.icon({
    iconUrl: icon,
    shadowUrl: shadow,
    iconSize: [25, 41],
    iconAnchor: [12, 41],
    shadowSize: [41, 41],
  });
  const marker = L.marker([0, 0], { draggable: true, icon: markerIcon, keyboard: false, alt: "" });

  const show = (move) => {
    const position = positionIn(fields);
    if (!position) marker.remove();
    else marker.setLatLng(position).addTo(map);
    if (position && move) map.setView(position, Math.max(map.getZoom(), NEAR), { animate: false });
  };
  map.fitBounds(REGION);
  show(true);
  map.on("click", ({ latlng }) => {
    fill(fields, latlng);
    show(false);
  });
  marker.on("dragend", () => fill(fields, marker.getLatLng()));
  for (const field of fields) field.addEventListener("input", () => show(true));
  new ResizeObserver(() => map.invalidateSize()).observe(picker);
}

/** Maps are made when they come into view: those in closed tabs have no size yet. */
const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    open(target);
  }
});

/** Every picker that is not part of an inline's empty template. */
function watch(root) {
  for (const picker of root.querySelectorAll(".point-picker")) {
    if (!longitudeOf(picker).name.includes("__prefix__")) seen.observe(picker);
  }
}

watch(document);
document.addEventListener("formset:added", (event) => watch(event.target));
