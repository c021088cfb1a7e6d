// Suggestions under every search box that has data-suggest-url: a combobox with list autocompletion
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Without this module the form just searches.

const PAUSE = 150; // milliseconds after the last key before the server is asked
const KEPT = 50; // answers held for what was typed before

let boxes = 0;

class SuggestingBox {
  constructor(input) {
    this.input = input;
    this.address = input.dataset.suggestUrl;
    this.answers = new Map();
    this.options = [];
    this.active = -1;
    this.list = document.createElement("ul");
    this.list.id = `suggestions-${(boxes += 1)}`;
    this.list.className = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels[0]?.textContent.trim() || input.placeholder);
    this.list.hidden = true;
    this.status = document.createElement("span");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    input.closest("form").append(this.list, this.status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    input.addEventListener("input", () => this.ask());
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus in the box
    this.list.addEventListener("click", (event) => this.open(event.target.closest("[role=option]")));
  }

  ask() {
    clearTimeout(this.timer);
    this.request?.abort();
    const typed = this.input.value.trim();
    if (typed.length < 2) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.fetch(typed), PAUSE);
  }

  async fetch(typed) {
    try {
      const answer = this.answers.get(typed) ?? (await this.askServer(typed));
      if (this.answers.size >= KEPT) this.answers.delete(this.answers.keys().next().value);
      this.answers.set(typed, answer);
      if (this.input.value.trim() === typed && document.activeElement === this.input) this.show(answer);
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // the form still searches
    }
  }

  async askServer(typed) {
    this.request = new AbortController();
    const address = new URL(this.address, location.href);
    address.searchParams.set("q", typed);
    const response = await fetch(address, { signal: this.request.signal });
    if (!response.ok) throw new Error(response.statusText);
    return response.json();
  }

  show({ status, suggestions }) {
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.options = suggestions.map((suggestion, place) => this.option(suggestion, place));
    this.list.replaceChildren(...this.options);
    this.list.hidden = !this.options.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.status.textContent = status;
  }

  option({ label, language, spelling, kind, description, address }, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.address = address;
    const name = document.createElement("span");
    name.className = "suggestion-name";
    if (language) name.lang = language;
    name.textContent = label;
    const more = document.createElement("span");
    more.className = "suggestion-more";
    more.textContent = [spelling, kind, description].filter(Boolean).join(" · ");
    option.append(name, " ", more);
    return option;
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }

  onKey(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && !this.list.hidden) {
      this.close();
    } else if (event.key === "ArrowDown" && this.list.hidden) {
      this.ask();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !this.list.hidden) {
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.active >= 0 && !this.list.hidden) {
      this.open(this.options[this.active]);
    } else {
      return;
    }
    event.preventDefault();
  }

  move(step) {
    // One place more than there are options: the box itself, with nothing chosen.
    const places = this.options.length + 1;
    this.active = ((this.active + 1 + step + places) % places) - 1;
    this.options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.active)));
    if (this.active < 0) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.input.setAttribute("aria-activedescendant", this.options[this.active].id);
    this.options[this.active].scrollIntoView({ block: "nearest" });
  }

  open(option) {
    if (option) location.assign(option.dataset.address);
  }
}

document.querySelectorAll("input[data-suggest-url]").forEach((input) => new SuggestingBox(input));
