/** Tell the page that frames this embed how high it is, now and whenever that changes. */

let told = 0;

function tell() {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  if (height === told) return;
  told = height;
  parent.postMessage({ type: "critical-minerals-atlas:height", height }, "*");
}

if (parent !== window) new ResizeObserver(tell).observe(document.documentElement);
