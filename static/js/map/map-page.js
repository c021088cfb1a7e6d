/**
 * The map page at work: the map, the form and the list show the same records, and the address says which. Every
 * settled move and every change of a filter asks the site once; until it answers, the old picture stays.
 */
import { asSearch, fillForm, readForm, readView, writeView } from "./address.js";
import { Answers } from "./answers.js";
import { addBasemap } from "./basemap.js";
import { Drawing } from "./drawing.js";
import { addOutsideLayers } from "./outside-layers.js";
import { addReferenceLayer } from "./reference-layer.js";
import { boxOf } from "./view-box.js";

const { L } = window;

const SETTLED = 180; // milliseconds without a further move
const PADDING = 24; // pixels kept free around what is shown
const CONTROLS = 112; // pixels that the controls take at the right of a wide map
const WIDE = 700; // pixels from which a map has room to stay clear of them
const REGION = [[35.1, 46.5], [55.4, 87.3]];

function makeMap(config) {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map("map", {
    zoomControl: false,
    minZoom: 3,
    zoomSnap: 0.5,
    maxZoom: 16,
    maxBounds: [[10, 0], [75, 140]],
    zoomAnimation: !isStill,
    fadeAnimation: !isStill,
    inertia: !isStill,
  });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: config.zoomIn, zoomOutTitle: config.zoomOut, position: "topright" }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  return map;
}

class MapPage {
  #page;
  #config;
  #form;
  #list;
  #map;
  #drawing;
  #reference = null;
  #answers = new Answers();
  #bounds;
  #timer;
  #hasMoved = false;

  constructor(page, config) {
    this.#page = page;
    this.#config = config;
    this.#bounds = config.bounds;
    this.#form = page.querySelector("#map-filters");
    this.#list = page.querySelector("#list");
    this.#map = makeMap(config);
    this.#drawing = new Drawing(this.#map, config);
    page.querySelector(".legend").open = matchMedia("(min-width: 80rem) and (min-height: 45rem)").matches;
  }

  async open() {
    const { language, basemap: urls, disclaimer, outsideLayers } = this.#config;
    fillForm(this.#form, location.search);
    this.#look(readView(location.search));
    const basemap = addBasemap(this.#map, { language, urls, disclaimer });
    addOutsideLayers(this.#map, basemap, outsideLayers, this.#config);
    this.#reference = addReferenceLayer(this.#map, this.#config.reference, () => readForm(this.#form));
    this.#listen();
    await Promise.all([this.#ask(), basemap.ready]);
  }

  #listen() {
    this.#map.on("moveend", () => this.#moved());
    this.#form.addEventListener("change", () => this.#filter());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#filter();
    });
    addEventListener("popstate", () => {
      fillForm(this.#form, location.search);
      const view = readView(location.search);
      if (view) this.#map.setView(view.center, view.zoom, { animate: false });
      this.#ask();
    });
    this.#page.addEventListener("click", (event) => this.#click(event));
    for (const [type, isLit] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
      this.#list.addEventListener(type, ({ target }) => {
        const row = target.closest("[data-record]");
        if (row) this.#drawing.light(Number(row.dataset.record), isLit);
      });
    }
    new ResizeObserver(() => this.#map.invalidateSize({ pan: false })).observe(this.#map.getContainer());
  }

  #click(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { target } = event;
    const link = target.closest("a[data-query], a[data-page]");
    if (link) event.preventDefault();
    if (link?.dataset.page) this.#more(link);
    else if (link) {
      fillForm(this.#form, new URL(link.href).search);
      this.#filter();
    } else if (target.closest("[data-show-all]")) this.#look(null);
  }

  /** Show a view of the address, else everything that matches. */
  #look(view) {
    if (view) this.#map.setView(view.center, view.zoom);
    else if (this.#bounds) {
      const [south, west, north, east] = this.#bounds;
      const legend = this.#page.querySelector(".legend");
      const below = legend.open ? legend.offsetHeight : 0;
      this.#map.fitBounds([[south, west], [north, east]], {
        paddingTopLeft: [PADDING, PADDING],
        paddingBottomRight: [this.#map.getSize().x < WIDE ? PADDING : CONTROLS, PADDING + below],
        maxZoom: 9,
      });
    } else this.#map.fitBounds(REGION);
  }

  #moved() {
    this.#hasMoved = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      history.replaceState(null, "", asSearch(this.#state()));
      this.#ask();
    }, SETTLED);
  }

  async #filter() {
    clearTimeout(this.#timer);
    history.pushState(null, "", asSearch(this.#state()));
    this.#reference?.refresh();
    const answer = await this.#ask();
    if (answer && !answer.total && answer.bounds) this.#look(null);
  }

  /** The page's state as its address names it. */
  #state() {
    const state = readForm(this.#form);
    if (this.#hasMoved) state.set("view", writeView(this.#map));
    return state;
  }

  #url(extra = {}) {
    const question = readForm(this.#form);
    question.set("zoom", this.#map.getZoom());
    question.set("bbox", boxOf(this.#map));
    for (const [name, value] of Object.entries(extra)) question.set(name, value);
    return this.#config.data + asSearch(question);
  }

  async #ask() {
    const failed = this.#page.querySelector(".map-failed");
    try {
      const answer = await this.#answers.ask(this.#url());
      if (!answer) return null;
      failed.hidden = true;
      this.#show(answer);
      return answer;
    } catch {
      failed.textContent = this.#config.failed;
      failed.hidden = false;
      return null;
    }
  }

  #show(answer) {
    this.#bounds = answer.bounds;
    this.#drawing.show(answer);
    const hadFocus = this.#list.contains(document.activeElement);
    this.#list.innerHTML = answer.list;
    if (hadFocus) this.#list.focus({ preventScroll: true });
    this.#page.querySelector("#map-status").textContent = this.#list.querySelector(".list-status").textContent.trim();
    for (const box of this.#form.querySelectorAll("input[type=checkbox]")) {
      const count = answer.counts[box.name]?.[box.value] ?? 0;
      const option = box.closest(".option");
      option.hidden = !count && !box.checked;
      option.querySelector(".option-count").textContent = count;
    }
    const minerals = readForm(this.#form).getAll("mineral");
    for (const chip of this.#page.querySelectorAll(".map-intro .chip")) {
      const isChosen = minerals.includes(new URL(chip.href).searchParams.get("mineral"));
      chip.toggleAttribute("aria-current", isChosen);
      if (isChosen) chip.setAttribute("aria-current", "true");
    }
    for (const facet of this.#form.querySelectorAll(".filter")) {
      const chosen = [...facet.querySelectorAll(".option:has(:checked) .option-label")];
      facet.querySelector(".filter-chosen").textContent = chosen.map((label) => label.textContent).join(", ");
    }
  }

  /** Append the next page of the list. */
  async #more(link) {
    const answer = await this.#answers.ask(this.#url({ page: link.dataset.page })).catch(() => null);
    if (!answer) return;
    const next = Object.assign(document.createElement("template"), { innerHTML: answer.list }).content;
    const [rows, newRows] = [this.#list, next].map((list) => list.querySelector(".map-list"));
    const first = newRows.firstElementChild;
    rows.append(...newRows.children);
    this.#list.querySelector(".pagination").replaceWith(next.querySelector(".pagination"));
    first.querySelector("a").focus({ preventScroll: true });
  }
}

/** Bring the map to life in its page; `config` is what the page tells its scripts. */
export function openMap(page, config) {
  return new MapPage(page, config).open();
}
