/**
 * Small maps on record pages. A page has for each position
 *
 *   <div class="small-map" data-latitude="49.4" data-longitude="75.5" data-precision="site"
 *        data-label="Kuirektykol">49.4° N, 75.5° E</div>
 *
 * and once, with {% load maps %}, the script that also says where Leaflet and the basemap are:
 *
 *   <script type="module" src="{% static 'js/map/small.js' %}" data-map-assets="{% map_assets %}"></script>
 *
 * Text inside stays without JavaScript, and for screen readers with it. `data-precision` is exact, site,
 * district or region and says how far around the position is shaded (1, 10, 60, 250 km). `data-hue` (see
 * atlas/map/symbols.py) and `data-kind` (deposit or project) are optional. Leaflet, its style sheet and
 * css/map.css are loaded by this script, and only when the map comes near the window.
 */
import { loadLeaflet } from "./leaflet.js";

const RADIUS_M = { exact: 1000, site: 10_000, district: 60_000, region: 250_000 };
const NEAR = "300px"; // from the window when a map begins to load
const CONTEXT = 4; // how many times wider than the shaded circle the map is
const SMALLEST_M = 12_000;

const assets = JSON.parse(document.querySelector("script[data-map-assets]").dataset.mapAssets);

/** Make room for the map, so that an empty box takes its place on the page; its text stays for screen readers. */
function prepare(element) {
  const words = document.createElement("p");
  words.className = "visually-hidden";
  words.append(...element.childNodes);
  const canvas = document.createElement("div");
  canvas.className = "small-map-canvas";
  element.append(words, canvas);
}

async function draw(element) {
  const { latitude, longitude, precision, label, kind = "deposit", hue = "other" } = element.dataset;
  await loadLeaflet(assets);
  const { addBasemap } = await import("./basemap.js");
  const { L } = window;
  const at = [Number(latitude), Number(longitude)];
  const radius = RADIUS_M[precision] ?? RADIUS_M.site;

  const map = L.map(element.querySelector(".small-map-canvas"), { zoomControl: false, scrollWheelZoom: false, maxZoom: 12, keyboard: false });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: assets.zoomIn, zoomOutTitle: assets.zoomOut }).addTo(map);
  map.fitBounds(L.latLng(at).toBounds(Math.max(radius, SMALLEST_M) * 2 * CONTEXT));
  addBasemap(map, { language: assets.language, urls: assets.basemap, disclaimer: assets.disclaimer });
  L.circle(at, { radius, className: `area hue-${hue}`, interactive: false }).addTo(map);
  if (precision === "exact" || precision === "site") {
    const icon = L.divIcon({ className: `small-map-mark is-${kind} is-${precision} hue-${hue}`, iconSize: [16, 16] });
    L.marker(at, { icon, keyboard: false, interactive: false, alt: label ?? "" }).addTo(map);
  }
}

const watch = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watch.unobserve(target);
      draw(target).catch(console.error); // the text inside is still there
    }
  },
  { rootMargin: NEAR },
);
for (const element of document.querySelectorAll(".small-map[data-latitude]")) {
  prepare(element);
  watch.observe(element);
}
