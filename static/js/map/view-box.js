const { L } = window;

const CELL = 64; // pixels at a whole zoom; the site answers in cells of this size, or of eighths of it

/** The view's box, widened to whole cells, so that a small move asks for the same. */
export function boxOf(map) {
  const { min, max } = map.getPixelBounds();
  const cell = CELL * 2 ** (map.getZoom() - Math.floor(map.getZoom()));
  const outer = L.bounds(
    [Math.floor(min.x / cell) * cell + 1, Math.floor(min.y / cell) * cell + 1],
    [Math.ceil(max.x / cell) * cell - 1, Math.ceil(max.y / cell) * cell - 1],
  );
  const northWest = map.unproject(outer.min);
  const southEast = map.unproject(outer.max);
  return [northWest.lng, southEast.lat, southEast.lng, northWest.lat].map((degrees) => degrees.toFixed(4)).join();
}
