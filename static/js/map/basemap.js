/**
 * The atlas's own basemap: land, water, borders and names from the site itself, drawn on two canvases beneath
 * the data. Colours are the custom properties of `basemap.css`. Leaflet is the global `L`.
 */
import { labelPainter } from "./basemap-labels.js";
import { PaintedCanvas } from "./painted-canvas.js";
import { pathsOf } from "./topojson.js";

const { L } = window;

const CREDIT =
  'Natural Earth; <a href="https://www.geonames.org/">GeoNames</a> ' +
  '<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>';
const DETAIL_ZOOM = 7; // from here on the finer outlines are fetched and drawn
const ALWAYS = [0, 22];
const REGION_ZOOMS = [5, 22];
/** Rivers are drawn between these; nearer they would lie visibly beside their beds. */
const RIVER_ZOOMS = [5, 8];
/** Paths are kept near zero, about the region's middle, for the canvas calculates in single precision. */
const MIDDLE = L.CRS.EPSG3857.latLngToPoint(L.latLng(46, 67), 0);

function project(longitude, latitude) {
  const point = L.CRS.EPSG3857.latLngToPoint(L.latLng(latitude, longitude), 0);
  return [point.x - MIDDLE.x, point.y - MIDDLE.y];
}

/** What to draw, bottom first: [object, operation, colour property, width in pixels, zooms]. */
const STROKES_AND_FILLS = [
  ["land", "stroke", "--basemap-shore", 2.5],
  ["focus", "stroke", "--basemap-shore", 2.5],
  ["world", "stroke", "--basemap-shore", 2],
  ["world", "fill", "--basemap-land"],
  ["land", "fill", "--basemap-land"],
  ["focus", "fill", "--basemap-focus"],
  ["rivers", "stroke", "--basemap-river", 1, RIVER_ZOOMS],
  ["regions", "stroke", "--basemap-region", 0.8, REGION_ZOOMS],
  ["world_borders", "stroke", "--basemap-border", 0.9],
  ["borders", "stroke", "--basemap-border", 1.1],
  ["lakes", "fill", "--basemap-water"],
  ["lakes", "stroke", "--basemap-shore", 1],
];

function paintOutlines(context, map, paths) {
  const zoom = map.getZoom();
  const scale = map.getZoomScale(zoom, 0);
  const middle = MIDDLE.multiplyBy(scale).subtract(map.getPixelOrigin());
  const styles = getComputedStyle(map.getContainer());
  context.translate(middle.x, middle.y);
  context.scale(scale, scale);
  context.lineJoin = "round";
  for (const [name, operation, property, width, [from, to] = ALWAYS] of STROKES_AND_FILLS) {
    if (!paths[name] || zoom < from || zoom > to) continue;
    const colour = styles.getPropertyValue(property);
    if (operation === "fill") {
      context.fillStyle = colour;
      context.fill(paths[name], "evenodd");
    } else {
      context.strokeStyle = colour;
      context.lineWidth = width / scale;
      context.stroke(paths[name]);
    }
  }
}

async function fetchJson(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

function makePane(map, name, zIndex) {
  const pane = map.getPane(name) ?? map.createPane(name);
  pane.style.zIndex = zIndex;
  pane.style.pointerEvents = "none";
  return name;
}

/**
 * Put the basemap on a map.
 * @param {L.Map} map
 * @param {object} options
 * @param {string} options.language  of the names; those it lacks are in English
 * @param {{outlines: string, detail: string, labels: string}} options.urls  of the files in static/basemap/
 * @param {string} [options.disclaimer]  plain text on boundaries, shown with the credits
 * @returns {L.LayerGroup} removable like any layer; its `ready` is a promise of the first full picture
 */
export function addBasemap(map, { language, urls, disclaimer = "" }) {
  const paths = {};
  const note = L.DomUtil.create("span", "basemap-disclaimer");
  note.textContent = disclaimer;
  const attribution = disclaimer ? `${CREDIT} · ${note.outerHTML}` : CREDIT;
  const outlines = new PaintedCanvas((context) => paintOutlines(context, map, paths), {
    pane: makePane(map, "basemap", 150),
    padding: 0.3,
  });
  const basemap = L.layerGroup([outlines], { attribution });

  const load = async (url) => {
    Object.assign(paths, pathsOf(await fetchJson(url), project));
    outlines.repaint();
  };
  const loadLabels = async () => {
    const names = new PaintedCanvas(labelPainter(await fetchJson(urls.labels), language), {
      pane: makePane(map, "basemap-names", 350),
      padding: 0.3,
    });
    basemap.addLayer(names);
  };
  let detailAsked = false;
  const loadDetail = () => {
    if (detailAsked || map.getZoom() < DETAIL_ZOOM || !map.hasLayer(basemap)) return;
    detailAsked = true;
    load(urls.detail).catch(() => {
      detailAsked = false; // the coarser outlines stay; the next zoom tries again
    });
  };
  const repaint = () => basemap.eachLayer((layer) => layer.repaint());

  basemap.on("add", () => map.getContainer().classList.add("has-basemap"));
  basemap.on("remove", () => map.getContainer().classList.remove("has-basemap"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  basemap.addTo(map);
  basemap.ready = Promise.all([load(urls.outlines), loadLabels()]).then(() => {
    map.on("zoomend", loadDetail);
    loadDetail();
  });
  return basemap;
}
