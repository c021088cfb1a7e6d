/**
 * The uncurated reference sites as dots beneath the atlas's own symbols: off until the reader turns them on.
 * The site answers with arrays (see reference_picture.py), which are drawn into the tiles of a grid layer
 * without an object a dot.
 */
import { Answers } from "./answers.js";
import { boxOf } from "./view-box.js";

const { L } = window;

const FORMAT = 1;
const HEADER = 8; // uint32 words
const SCALE = 65535;
const SETTLED = 180; // milliseconds without a further move
const COLOUR = [0x5b, 0x5b, 0x6e, 0xd0]; // red, green, blue, opacity
const REACH = 7; // pixels around a click
const MOST_LISTED = 20;

/** An answer of the site as arrays. @returns {{level, column, row, columns, rows, total, x, y, counts}} */
export function readDots(buffer) {
  const [format, level, column, row, columns, rows, total, dots] = new Uint32Array(buffer, 0, HEADER);
  if (format !== FORMAT) throw new Error(`dots of format ${format}`);
  const array = (number) => new Uint16Array(buffer, 4 * HEADER + 2 * dots * number, dots);
  return { level, column, row, columns, rows, total, x: array(0), y: array(1), counts: array(2) };
}

/** Where each dot lies at a zoom, in pixels of the world, and how wide it is drawn (0 to 3). */
export function placeDots({ level, column, row, columns, rows, x, y, counts }, zoom) {
  const world = 256 * 2 ** zoom;
  const cell = world / 2 ** level;
  const [west, north] = [column * cell, row * cell];
  const [perX, perY] = [(columns * cell) / SCALE, (rows * cell) / SCALE];
  const left = new Int32Array(x.length);
  const top = new Int32Array(x.length);
  const radius = new Uint8Array(x.length);
  for (let dot = 0; dot < x.length; dot++) {
    left[dot] = (west + x[dot] * perX) % world;
    top[dot] = north + y[dot] * perY;
    radius[dot] = counts[dot] < 2 ? 1 : counts[dot] < 10 ? 2 : 3;
  }
  return { left, top, radius };
}

/**
 * Draw the dots that touch a square tile at a corner of the world.
 * @param {Uint32Array} pixels  size * size of them
 */
export function paintTile(pixels, size, { left, top, radius }, cornerX, cornerY) {
  const colour = new Uint32Array(new Uint8Array(COLOUR).buffer)[0];
  pixels.fill(0);
  for (let dot = 0; dot < left.length; dot++) {
    const x = left[dot] - cornerX;
    const y = top[dot] - cornerY;
    const r = radius[dot];
    if (x < -r || y < -r || x >= size + r || y >= size + r) continue;
    for (let down = -r; down <= r; down++) {
      const line = y + down;
      if (line < 0 || line >= size) continue;
      const half = r > 1 && Math.abs(down) === r ? r - 1 : r; // corners off
      const last = line * size + Math.min(size - 1, x + half);
      for (let pixel = line * size + Math.max(0, x - half); pixel <= last; pixel++) pixels[pixel] = colour;
    }
  }
}

export const DotLayer = L.GridLayer.extend({
  options: { pane: "reference", attribution: "U.S. Geological Survey, MRDS", updateWhenZooming: false },

  /** Show an answer, in the tiles that are there. */
  show(dots) {
    this._dots = dots;
    this._placed = null;
    for (const { el, coords } of Object.values(this._tiles ?? {})) this._paint(el, coords);
  },

  createTile(coords) {
    const tile = L.DomUtil.create("canvas", "leaflet-tile");
    const { x: size } = this.getTileSize();
    tile.width = tile.height = size;
    tile.setAttribute("aria-hidden", "true");
    this._paint(tile, coords);
    return tile;
  },

  _paint(tile, coords) {
    if (!this._dots) return;
    if (this._placed?.zoom !== coords.z) this._placed = { zoom: coords.z, ...placeDots(this._dots, coords.z) };
    const size = tile.width;
    this._image ??= new ImageData(size, size); // one for all tiles
    const pixels = new Uint32Array(this._image.data.buffer);
    const world = 256 * 2 ** coords.z;
    paintTile(pixels, size, this._placed, (((coords.x * size) % world) + world) % world, coords.y * size);
    tile.getContext("2d", { willReadFrequently: true }).putImageData(this._image, 0, 0); // kept off the GPU
  },
});

/** Fetching dots for where the map stands; the newest question wins, the old picture stays until then. */
class ReferenceLayer {
  #map;
  #config;
  #filters;
  #status;
  #layer = new DotLayer();
  #answers = new Answers(async (response) => readDots(await response.arrayBuffer()));
  #timer;

  constructor(map, config, filters, status) {
    this.#map = map;
    this.#config = config;
    this.#filters = filters;
    this.#status = status;
    map.createPane("reference").style.zIndex = 380;
    map.getPane("reference").style.pointerEvents = "none";
    map.on("moveend", () => this.#later());
    map.on("click", (event) => this.#listAt(event.latlng));
  }

  get isOn() {
    return this.#map.hasLayer(this.#layer);
  }

  toggle(isOn) {
    if (isOn) this.#layer.addTo(this.#map);
    else this.#layer.remove();
    this.#status.textContent = "";
    if (isOn) this.refresh();
  }

  /** Ask again if the view or the filters are others. */
  async refresh() {
    clearTimeout(this.#timer);
    if (!this.isOn) return;
    const url = this.#url(this.#config.dots, boxOf(this.#map), { zoom: Math.floor(this.#map.getZoom()) });
    try {
      const dots = await this.#answers.ask(url);
      if (!dots || !this.isOn) return;
      this.#layer.show(dots);
      this.#status.textContent = this.#config.inView.replace("%(n)s", dots.total);
    } catch {
      this.#status.textContent = this.#config.failed;
    }
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.refresh(), SETTLED);
  }

  #url(address, box, extra) {
    const query = new URLSearchParams(extra);
    query.set("bbox", box);
    const chosen = this.#filters();
    for (const name of ["country", "mineral"]) for (const value of chosen.getAll(name)) query.append(name, value);
    return `${address}?${query}`;
  }

  /** What lies where the reader clicked, in a popup. */
  #listAt(at) {
    if (!this.isOn) return;
    const point = this.#map.latLngToContainerPoint(at);
    const low = this.#map.containerPointToLatLng(point.add([-REACH, REACH]));
    const high = this.#map.containerPointToLatLng(point.add([REACH, -REACH]));
    this.#list(at, [low.lng, low.lat, high.lng, high.lat].map((degrees) => degrees.toFixed(4)).join());
  }

  /** The first sites in view, for readers who can't click on a dot. */
  async listInView() {
    await this.#list(this.#map.getCenter(), this.#map.getBounds().toBBoxString());
    this.#map.getPane("popupPane").querySelector(".reference-list a")?.focus({ preventScroll: true });
  }

  /** The sites in a box, in a popup. */
  async #list(at, box) {
    const response = await fetch(this.#url(this.#config.sites, box, { limit: MOST_LISTED + 1 })).catch(() => null);
    if (!response?.ok) this.#status.textContent = this.#config.failed;
    const { features } = response?.ok ? await response.json() : { features: [] };
    if (!features.length) return;
    const content = document.createElement("div");
    content.className = "reference-list";
    const note = content.appendChild(document.createElement("p"));
    note.textContent = this.#config.note;
    for (const feature of features.slice(0, MOST_LISTED)) content.append(this.#row(feature));
    if (features.length > MOST_LISTED) {
      content.appendChild(document.createElement("p")).textContent = this.#config.more.replace("%(n)s", MOST_LISTED);
    }
    L.popup({ maxWidth: 300, maxHeight: 280 }).setLatLng(at).setContent(content).openOn(this.#map);
  }

  #row({ id, properties: { name, commodities, status } }) {
    const row = document.createElement("p");
    const suffix = this.#config.asOf ? `?as_of=${encodeURIComponent(this.#config.asOf)}` : "";
    const link = Object.assign(document.createElement("a"), {
      href: this.#config.site.replace("/0/", `/${id}/`) + suffix,
      textContent: name || this.#config.unnamed,
    });
    row.append(link, ` ${[commodities, status].filter(Boolean).join(" · ")}`);
    return row;
  }
}

/**
 * Add a checkbox that turns the layer on to a map's corner.
 * @param {() => URLSearchParams} filters  what the form asks for
 * @returns {ReferenceLayer | null} null where the atlas has no reference sites; call `refresh` after a filter
 */
export function addReferenceLayer(map, config, filters) {
  if (!config) return null;
  const control = L.control({ position: "topright" });
  let layer = null;
  control.onAdd = () => {
    const box = L.DomUtil.create("div", "layers-control reference-control leaflet-bar");
    const label = L.DomUtil.create("label", "", box);
    const input = Object.assign(document.createElement("input"), { type: "checkbox" });
    label.append(input, ` ${config.title}`);
    const note = L.DomUtil.create("p", "", box);
    note.textContent = config.note;
    const status = L.DomUtil.create("p", "", box);
    status.setAttribute("role", "status");
    const list = Object.assign(L.DomUtil.create("button", "", box), { type: "button", textContent: config.list });
    note.hidden = list.hidden = true;
    layer = new ReferenceLayer(map, config, filters, status);
    input.addEventListener("change", () => {
      note.hidden = list.hidden = !input.checked;
      layer.toggle(input.checked);
    });
    list.addEventListener("click", () => layer.listInView());
    map.on("movestart", () => (note.hidden = true)); // on a phone it covers much of the map
    L.DomEvent.disableClickPropagation(box);
    return box;
  };
  control.addTo(map);
  return layer;
}
