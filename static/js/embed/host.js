/* For pages that embed the atlas: fits each of its iframes to the height that it tells. Any number of times. */
(function () {
  "use strict";
  if (window.criticalMineralsAtlas) return;
  window.criticalMineralsAtlas = true;
  window.addEventListener("message", function (event) {
    const message = event.data;
    if (!message || message.type !== "critical-minerals-atlas:height") return;
    const height = Number(message.height);
    if (!(height > 0 && height < 20000)) return;
    for (const frame of document.querySelectorAll("iframe")) {
      const isTeller = frame.contentWindow === event.source;
      if (isTeller && new URL(frame.src, location.href).origin === event.origin) frame.height = String(height + 2);
    }
  });
})();
