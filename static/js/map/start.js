/**
 * The map page's first script: small, because phones and readers who save data come for the list. It loads the
 * map when the browser is idle, or when they ask for it.
 */
import { loadLeaflet } from "./leaflet.js";

const page = document.getElementById("map-page");
const button = document.getElementById("show-map");
const config = JSON.parse(page.dataset.config);
const isNarrow = matchMedia("(max-width: 63.99rem)").matches;
const savesData = navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches;

/** The map is as high as the window below the site's header, however many lines that takes. */
function measureHeader() {
  const { height } = document.querySelector(".site-head").getBoundingClientRect();
  page.style.setProperty("--head", `${Math.round(height)}px`);
}

async function show() {
  button.hidden = true;
  page.classList.add("is-loading");
  try {
    await loadLeaflet(config);
    const { openMap } = await import("./map-page.js");
    page.classList.add("has-map");
    if (isNarrow) page.querySelector(".map-pane").scrollIntoView();
    await openMap(page, config);
  } catch (error) {
    console.error(error);
    page.classList.remove("has-map");
    button.hidden = false;
  } finally {
    page.classList.remove("is-loading");
  }
}

measureHeader();
addEventListener("resize", measureHeader);
if (isNarrow || savesData) {
  button.hidden = false;
  button.addEventListener("click", show);
} else {
  (window.requestIdleCallback ?? setTimeout)(show);
}
