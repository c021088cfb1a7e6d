"""What other sites paste: an iframe that works by itself, and a script that fits its height."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

#: Height of an iframe in pixels where nothing fits it, and of a map, which fills what it is given.
PLAIN_HEIGHT = 460
MAP_HEIGHT = 520
WIDTH = 640


@dataclass(frozen=True)
class Embed:
    """Something to embed: the address from the root, the iframe's title, its height without the script."""

    address: str
    title: str
    height: int = PLAIN_HEIGHT
    #: Whether the script may change the height; a map fills what it is given.
    fits: bool = True

    def iframe(self, site: str, width: str = "100%", height: int | None = None) -> SafeString:
        """The iframe alone; `site` is scheme and host."""
        return format_html(
            '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" '
            'style="border: 1px solid #ccc; max-width: 100%"></iframe>',
            site + self.address,
            self.title,
            width,
            height or self.height,
        )

    def code(self, site: str) -> SafeString:
        """The iframe, and the script that fits its height where it has one to fit."""
        if not self.fits:
            return self.iframe(site)
        script = site + reverse("embed-script")
        return format_html('{}\n<script async src="{}"></script>', self.iframe(site), script)
