/** What the map shows of an answer: clusters, places and the areas that records may lie in. */
import { clusterIcon, placeIcon, recordLine } from "./symbols.js";

const { L } = window;

const CLUSTER_STEP = 4; // zooms at most that a click on a cluster goes nearer

const FIELDS = ["id", "name", "language", "url", "kind", "hue", "precision", "what", "where", "stage", "stale"];
const named = (values) => Object.fromEntries(FIELDS.map((field, index) => [field, values[index]]));

function readCluster([latitude, longitude, count, label, south, west, north, east]) {
  const bounds = [[south, west], [north, east]];
  return { key: `cluster ${latitude} ${longitude} ${count}`, at: [latitude, longitude], count, label, bounds };
}

function readPlace([latitude, longitude, count, label, radius, cards]) {
  const records = cards.map(named);
  const key = `place ${latitude} ${longitude} ${records.map(({ id }) => id)}`;
  return { key, at: [latitude, longitude], count, label, radius, records };
}

/** Areas overlap: the one whose marker is pointed at or focused stands out. */
function tie(button, area) {
  for (const [type, isLit] of [["mouseenter", true], ["mouseleave", false], ["focus", true], ["blur", false]]) {
    button.addEventListener(type, () => area.getElement()?.classList.toggle("is-lit", isLit));
  }
}

export class Drawing {
  #map;
  #words;
  #suffix = "";
  #shown = new Map(); // by key: { thing, marker, area }
  #focusAt = null;

  constructor(map, words) {
    this.#map = map;
    this.#words = words;
    map.createPane("areas").style.zIndex = 390;
    this.areas = L.svg({ pane: "areas", padding: 0.4 });
  }

  /** Draw an answer; what is already there stays as it is, focus included. */
  show({ clusters, places, suffix }) {
    this.#suffix = suffix;
    const things = [...clusters.map(readCluster), ...places.map(readPlace)];
    const wanted = new Set(things.map(({ key }) => key));
    for (const [key, { marker, area }] of this.#shown) {
      if (wanted.has(key)) continue;
      if (marker.getElement() === document.activeElement) this.#focusAt ??= marker.getLatLng();
      marker.remove();
      area?.remove();
      this.#shown.delete(key);
    }
    for (const thing of things) {
      if (!this.#shown.has(thing.key)) this.#shown.set(thing.key, this.#draw(thing));
    }
    this.#restoreFocus();
  }

  /** Light up a record's marker, if it stands alone or with others at its position. */
  light(id, isLit) {
    for (const { thing, marker, area } of this.#shown.values()) {
      if (thing.records?.some((record) => record.id === id)) {
        marker.getElement()?.classList.toggle("is-lit", isLit);
        area?.getElement()?.classList.toggle("is-lit", isLit);
      }
    }
  }

  #draw(thing) {
    const isCluster = !thing.records;
    const icon = isCluster ? clusterIcon(thing) : placeIcon(thing);
    const marker = L.marker(thing.at, { icon, keyboard: false, riseOnHover: true });
    marker.on("click", () => (isCluster ? this.#enter(thing) : this.#open(thing, marker)));
    marker.addTo(this.#map);
    const area = thing.radius ? this.#drawArea(thing) : null;
    if (area) tie(marker.getElement(), area);
    return { thing, marker, area };
  }

  #drawArea({ at, radius, count, records }) {
    const hue = count === 1 ? `hue-${records[0].hue}` : "";
    return L.circle(at, {
      radius,
      renderer: this.areas,
      pane: "areas",
      interactive: false,
      className: `area ${hue}`,
    }).addTo(this.#map);
  }

  #enter({ at, bounds }) {
    this.#focusAt = L.latLng(at);
    this.#map.fitBounds(bounds, { maxZoom: this.#map.getZoom() + CLUSTER_STEP });
  }

  #open({ at, label, count, records }, marker) {
    const content = document.createElement("div");
    if (count > 1) {
      const heading = document.createElement("p");
      heading.className = "popup-heading";
      heading.textContent = label;
      content.append(heading);
    }
    content.append(...records.map((record) => recordLine(record, this.#suffix)));
    const popup = L.popup({ maxWidth: 300, maxHeight: 280, offset: [0, -6], autoPanPadding: [20, 20] });
    popup.setLatLng(at).setContent(content).openOn(this.#map);
    popup.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", this.#words.closePopup);
    popup.getElement().addEventListener("keydown", (event) => {
      if (event.key === "Escape") popup.close();
    });
    const button = marker.getElement();
    popup.on("remove", () => {
      if (popup.getElement()?.contains(document.activeElement) || document.activeElement === document.body) {
        button.focus({ preventScroll: true });
      }
    });
    content.querySelector("a").focus({ preventScroll: true });
  }

  /** After a zoom, focus what now lies nearest to where the reader was. */
  #restoreFocus() {
    const from = this.#focusAt;
    this.#focusAt = null;
    if (!from) return;
    const distance = ({ marker }) => marker.getLatLng().distanceTo(from);
    const nearest = [...this.#shown.values()].sort((a, b) => distance(a) - distance(b))[0];
    nearest?.marker.getElement().focus({ preventScroll: true });
  }
}
