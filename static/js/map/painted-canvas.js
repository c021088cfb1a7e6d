/**
 * A Leaflet renderer whose picture comes from one function instead of from layers put on it. Leaflet moves and
 * scales the canvas while the map moves; the function is called again when that is over or the edge shows.
 */
const { L } = window;

export const PaintedCanvas = L.Canvas.extend({
  /** `paint(context, map)` draws in the map's layer points. */
  initialize(paint, options) {
    this._paint = paint;
    L.Canvas.prototype.initialize.call(this, options);
  },

  getEvents() {
    return { ...L.Canvas.prototype.getEvents.call(this), move: this._onMove };
  },

  /** Draw again where the map stands: after a change of colours, language or data. */
  repaint() {
    if (this._map) this._redraw();
  },

  _initContainer() {
    L.Canvas.prototype._initContainer.call(this);
    this._container.setAttribute("aria-hidden", "true");
  },

  _onMove() {
    const map = this._map;
    if (map._animatingZoom || map.getZoom() !== this._zoom) return;
    const corner = map.containerPointToLayerPoint([0, 0]);
    if (!this._bounds.contains(L.bounds(corner, corner.add(map.getSize())))) this._update();
  },

  _draw() {
    if (!this._ctx) return;
    this._clear();
    this._ctx.save();
    this._paint(this._ctx, this._map);
    this._ctx.restore();
  },
});
