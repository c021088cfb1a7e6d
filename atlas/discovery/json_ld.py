"""JSON-LD for pages' heads, in the words of https://schema.org."""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

#: A data block runs nothing, but its text must not end it (https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements).
_HARMLESS = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def data_block(document: dict[str, Any]) -> SafeString:
    """A document as the data block that search engines read."""
    text = json.dumps(document, ensure_ascii=False).translate(_HARMLESS)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
