/**
 * The map changes its address while it is read. Links with data-here follow it: each keeps its own path and
 * `as_of`, and takes all else of the query from the page's address at the moment it is used.
 */
export function asHere(address) {
  const url = new URL(address, location.href);
  const asOf = url.searchParams.get("as_of");
  url.search = location.search;
  if (asOf) url.searchParams.set("as_of", asOf);
  url.search = url.search.replaceAll("%2F", "/").replaceAll("%2C", ",");
  return url.href;
}

function follow({ target }) {
  const link = target.closest?.("a[data-here]");
  if (link) link.href = asHere(link.href);
}

for (const type of ["pointerdown", "focusin", "click"]) document.addEventListener(type, follow, true);
