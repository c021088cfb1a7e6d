/** Loading Leaflet, a classic script that makes the global `L`, and the style sheets that a map needs: once each. */

function loaded(element) {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", resolve, { once: true });
    element.addEventListener("error", () => reject(new Error(element.src || element.href)), { once: true });
    document.head.prepend(element); // before the page's own styles, which may overrule Leaflet's
  });
}

function loadStyle(href) {
  if (document.querySelector(`link[rel="stylesheet"][href="${href}"]`)) return Promise.resolve();
  return loaded(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
}

let leaflet;

/**
 * @param {{leaflet: string, styles: string[]}} assets  addresses of Leaflet and of the style sheets
 * @returns {Promise} settled when modules that use `L` may be imported
 */
export function loadLeaflet({ leaflet: src, styles }) {
  leaflet ??= Promise.all([
    window.L ?? loaded(Object.assign(document.createElement("script"), { src })),
    ...styles.map(loadStyle),
  ]);
  return leaflet;
}
