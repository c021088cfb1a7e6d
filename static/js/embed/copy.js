// Puts a copy button after every element with data-copy: it copies the element's text, or its value.
// data-copy-label and data-copied-label are the button's words. Without scripts the text can be selected.

function textOf(element) {
  return "value" in element ? element.value : element.textContent.trim();
}

function addButton(element) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet copy-button";
  button.textContent = element.dataset.copyLabel;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(textOf(element));
    button.textContent = element.dataset.copiedLabel;
    setTimeout(() => { button.textContent = element.dataset.copyLabel; }, 2000);
  });
  element.after(button);
}

if (navigator.clipboard) {
  document.querySelectorAll("[data-copy]").forEach(addButton);
}
