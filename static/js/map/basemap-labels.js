/** Names on the basemap: which to show at a zoom, where they fit, and how they look. */
const { L } = window;

const DOT = { capital: 3.2, city: 2 };
const GAP = 4; // pixels between a city's dot and its name
const SMALL = 0.85; // of the full size, where zoomed far out
const MARGIN = 3; // pixels kept free around a name
const LONG = 14; // letters from which a region's name takes two lines

/** How each kind is set: [face, size in pixels, letter spacing in em, colour property, upper case]. */
const STYLES = {
  focus: ["600", 13, 0.14, "--basemap-focus-name", true],
  native: ["400", 11, 0.04, "--basemap-focus-name", false],
  country: ["500", 11, 0.12, "--basemap-country-name", true],
  region: ["400", 10.5, 0.06, "--basemap-region-name", false],
  water: ["italic 400", 11.5, 0.06, "--basemap-water-name", false],
  capital: ["600", 12.5, 0, "--basemap-city-name", false],
  city: ["400", 11.5, 0, "--basemap-city-name", false],
};

/** Split a long name at the blank nearest its middle. */
function inTwoLines(name) {
  if (name.length < LONG || !name.includes(" ")) return [name];
  const blanks = [...name.matchAll(/ /g)].map(({ index }) => index);
  const distance = (index) => Math.abs(index - name.length / 2);
  const middle = blanks.reduce((best, index) => (distance(index) < distance(best) ? index : best));
  return [name.slice(0, middle), name.slice(middle + 1)];
}

/** The lines of a label as [text, style name] pairs, in the reader's language, else in English. */
function linesOf({ kind, names, native }, language, zoom) {
  const name = names[language] ?? names.en;
  const text = STYLES[kind][4] ? name.toLocaleUpperCase(language) : name;
  if (native && native !== name && zoom >= 5) return [[text, kind], [native, "native"]];
  return (kind === "region" || kind === "water" ? inTwoLines(text) : [text]).map((line) => [line, kind]);
}

/** Prepare the context for a style at a zoom; returns the letters' size in pixels. */
function setStyle(context, style, zoom, family) {
  const [face, full, spacing] = STYLES[style];
  const size = zoom < 5 ? full * SMALL : full;
  context.font = `${face} ${size}px ${family}`;
  if ("letterSpacing" in context) context.letterSpacing = `${spacing * size}px`;
  return size;
}

/** Where a name's box may lie about its point: [left, top] for a box of this size, best first. */
function placements(kind, width, height) {
  const reach = DOT[kind];
  if (!reach) return [[-width / 2, -height / 2]];
  const aside = reach + GAP;
  return [
    [aside, -height / 2],
    [-aside - width, -height / 2],
    [-width / 2, -aside - height + 1],
    [-width / 2, aside - 1],
  ];
}

/**
 * Choose labels for a zoom so that none overlaps another; earlier ones in the list win. Looks at all the world,
 * not at the view, so that names stay put while the reader pans. Returns boxes in pixels of that zoom.
 */
export function layOut(labels, { language, zoom, project, context, family }) {
  const taken = [];
  const isFree = ([left, top, right, bottom]) =>
    !taken.some((box) => left < box[2] && right > box[0] && top < box[3] && bottom > box[1]);
  const placed = [];
  for (const label of labels) {
    if (zoom < label.zoom[0] || zoom > label.zoom[1]) continue;
    const lines = linesOf(label, language, zoom).map(([text, style]) => {
      const size = setStyle(context, style, zoom, family);
      return { text, style, width: context.measureText(text).width, height: Math.round(size * 1.25) };
    });
    const width = Math.max(...lines.map((line) => line.width));
    const height = lines.reduce((sum, line) => sum + line.height, 0);
    const { x, y } = project(label.at);
    const dot = DOT[label.kind] ?? 0;
    const dotBox = [x - dot, y - dot, x + dot, y + dot];
    if (dot && !isFree(dotBox)) continue;
    for (const [left, top] of placements(label.kind, width, height)) {
      const box = [x + left - MARGIN, y + top - MARGIN, x + left + width + MARGIN, y + top + height + MARGIN];
      if (!isFree(box)) continue;
      taken.push(box);
      if (dot) taken.push(dotBox);
      placed.push({ kind: label.kind, x, y, left: x + left, top: y + top, width, height, lines, centred: !dot });
      break;
    }
  }
  return placed;
}

/** Draw one laid-out label; the context's origin is the zoom's pixel origin. */
function drawLabel(context, label, { colour, zoom, family }) {
  const dot = DOT[label.kind];
  if (dot) {
    context.beginPath();
    context.arc(label.x, label.y, dot, 0, 2 * Math.PI);
    context.fillStyle = colour("--basemap-halo");
    context.strokeStyle = colour("--basemap-city-name");
    if (label.kind === "city") context.fillStyle = context.strokeStyle;
    context.lineWidth = 1.6;
    context.fill();
    context.stroke();
  }
  let top = label.top;
  for (const line of label.lines) {
    setStyle(context, line.style, zoom, family);
    const left = label.centred ? label.left + (label.width - line.width) / 2 : label.left;
    context.strokeStyle = colour("--basemap-halo");
    context.lineWidth = 3;
    context.strokeText(line.text, left, top + line.height / 2);
    context.fillStyle = colour(STYLES[line.style][3]);
    context.fillText(line.text, left, top + line.height / 2);
    top += line.height;
  }
}

/** A `paint` function for a PaintedCanvas: these labels in this language. */
export function labelPainter(labels, language) {
  let laidOut = { zoom: null, placed: [] };
  return (context, map) => {
    const zoom = map.getZoom();
    const styles = getComputedStyle(map.getContainer());
    const family = styles.fontFamily;
    const colour = (property) => styles.getPropertyValue(property);
    if (laidOut.zoom !== zoom || laidOut.family !== family) {
      const project = (at) => map.project(at, zoom);
      const placed = layOut(labels, { language, zoom: Math.round(zoom), project, context, family });
      laidOut = { zoom, family, placed };
    }
    const origin = map.getPixelOrigin();
    context.translate(-origin.x, -origin.y);
    context.textBaseline = "middle";
    context.lineJoin = "round";
    const view = map.getPixelBounds();
    const reach = view.getSize();
    const shown = L.bounds(view.min.subtract(reach), view.max.add(reach));
    for (const label of laidOut.placed) {
      if (shown.contains([label.x, label.y])) drawLabel(context, label, { colour, zoom, family });
    }
  };
}
