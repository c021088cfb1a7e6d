/** The map in another site's page: the map page's own script, at once and without its filters. */
import { loadLeaflet } from "../map/leaflet.js";

const page = document.getElementById("map-page");
const config = JSON.parse(page.dataset.config);

try {
  await loadLeaflet(config);
  const { openMap } = await import("../map/map-page.js");
  page.classList.add("has-map");
  page.querySelector(".embed-list").open = false;
  await openMap(page, config);
} catch (error) {
  console.error(error);
  page.classList.remove("has-map");
  page.querySelector(".embed-list").open = true;
}
