"""Framing by any site: allowed for embeds, refused by every other page."""

from collections.abc import Callable

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt

View = Callable[..., HttpResponse]


def framed(view: View) -> View:
    """Let any page frame what this view answers (https://www.w3.org/TR/CSP3/#directive-frame-ancestors)."""
    anywhere: Callable[[View], View] = csp_replace({"frame-ancestors": ["*"]})  # type: ignore[assignment]
    return xframe_options_exempt(anywhere(view))


def previewing(view: View) -> View:
    """Let the page that this view answers frame the atlas's own embeds."""
    own: Callable[[View], View] = csp_update({"frame-src": [SELF]})  # type: ignore[assignment]
    return own(view)
