/** A control that offers map layers from other sites. None is asked for anything until the reader chooses it. */
const { L } = window;

function option(name, label, isChecked, onChoose) {
  const input = Object.assign(document.createElement("input"), { type: "radio", name, checked: isChecked });
  input.addEventListener("change", onChoose);
  const row = document.createElement("label");
  row.append(input, ` ${label}`);
  return row;
}

function tileLayer({ url, attribution, attribution_url: href, max_zoom: maxZoom }) {
  const credit = Object.assign(document.createElement("a"), { href, textContent: attribution });
  return L.tileLayer(url, { attribution: credit.outerHTML, maxZoom, referrerPolicy: "strict-origin" });
}

/** Add the control to a map; `words` are the page's texts. */
export function addOutsideLayers(map, basemap, layers, words) {
  if (!layers.length) return;
  let current = basemap;
  const choose = (layer) => {
    current.remove();
    current = layer.addTo(map);
  };
  const control = L.control({ position: "topright" });
  control.onAdd = () => {
    const box = L.DomUtil.create("details", "layers-control leaflet-bar");
    const summary = L.DomUtil.create("summary", "", box);
    summary.textContent = words.layers;
    box.append(option("map-layer", words.ownLayer, true, () => choose(basemap)));
    for (const layer of layers) {
      const host = new URL(layer.url.replace(/[{}]/g, "")).host;
      box.append(option("map-layer", layer.name, false, () => choose(tileLayer(layer))));
      L.DomUtil.create("p", "", box).textContent = words.thirdParty.replace("%(host)s", host);
    }
    L.DomEvent.disableClickPropagation(box);
    return box;
  };
  control.addTo(map);
}
