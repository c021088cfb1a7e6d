/** Markers as real buttons: a record's symbol, a shared place, a cluster. Symbols stand in the page (map/_symbols.html). */
const { L } = window;

const SVG = "http://www.w3.org/2000/svg";
const FORMS = { exact: "exact", site: "site", district: "area", region: "area" };

/** The symbol of a record's kind, precision and hue. */
function symbol({ kind, precision, hue }) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `mark hue-${hue}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#mark-${kind}-${FORMS[precision] ?? "none"}`);
  svg.append(use);
  return svg;
}

const ButtonIcon = L.Icon.extend({
  createIcon() {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", this.options.label);
    button.title = this.options.label;
    button.append(this.options.content);
    this._setIconStyles(button, "icon");
    return button;
  },

  createShadow() {
    return null;
  },
});

function counted(count) {
  const number = document.createElement("span");
  number.textContent = count;
  return number;
}

/** A cluster grows with the number of its records, slowly. */
export function clusterIcon({ count, label }) {
  const size = Math.round(Math.min(21 + 4.5 * Math.log2(count), 48));
  return new ButtonIcon({ label, content: counted(count), iconSize: [size, size], className: "is-cluster" });
}

export function placeIcon({ count, label, radius, records }) {
  if (count > 1) {
    const className = radius ? "is-shared is-area" : "is-shared";
    return new ButtonIcon({ label, content: counted(count), iconSize: [28, 28], className });
  }
  const [record] = records;
  const isPin = record.precision === "exact";
  return new ButtonIcon({
    label,
    content: symbol(record),
    iconSize: [26, 26],
    iconAnchor: [13, isPin ? 24 : 13],
    className: "is-record",
  });
}

/** A line of a list in a popup. */
export function recordLine(record, suffix) {
  const line = document.createElement("div");
  line.className = "popup-record";
  const link = document.createElement("a");
  link.href = record.url + suffix;
  link.textContent = record.name;
  if (record.language) link.lang = record.language;
  const words = document.createElement("div");
  words.append(link);
  for (const [text, className] of [
    [record.what, ""],
    [record.stage, record.stale ? "is-stale" : ""],
    [record.where, ""],
  ]) {
    if (!text) continue;
    const part = document.createElement("span");
    part.textContent = text;
    part.className = className;
    words.append(part);
  }
  line.append(symbol(record), words);
  return line;
}
