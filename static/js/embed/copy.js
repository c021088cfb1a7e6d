/**
 * Puts a copy button beside every element with data-copy, which copies that attribute's text, or else the
 * element's own. Links become the button itself. data-copy-label and data-copied-label are its words; without
 * scripts, and where the browser refuses, texts can be selected and links followed.
 */
import { asHere } from "./here.js";

const SHOWN = 2000; // milliseconds for which the button says that it has copied

function textOf(element) {
  const { copy, here } = element.dataset;
  if (here !== undefined) return asHere(copy);
  return copy || element.textContent.trim();
}

function addButton(element) {
  const { copyLabel, copiedLabel } = element.dataset;
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: copyLabel });
  button.className = "button button--quiet copy-button";
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(textOf(element));
    } catch {
      if (!element.isConnected) button.replaceWith(element);
      else button.remove();
      element.focus();
      return;
    }
    button.textContent = copiedLabel;
    setTimeout(() => {
      button.textContent = copyLabel;
    }, SHOWN);
  });
  if (element.matches("a")) element.replaceWith(button);
  else element.after(button);
}

if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(addButton);
