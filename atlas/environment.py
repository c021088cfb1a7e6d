"""Typed readers of environment variables, as the settings use them.

Every reader takes the variable's name and the value to use when it is unset or blank, and raises
``ImproperlyConfigured`` naming the variable when the value cannot be read.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}
TILE_LAYER_KEYS = {"name", "url", "attribution", "attribution_url", "max_zoom"}


def text(name: str, default: str = "") -> str:
    """Return the variable without surrounding white space."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """Return a yes or no: 1, true, yes, on or 0, false, no, off in any case."""
    value = text(name).lower()
    if not value:
        return default
    if value not in YES | NO:
        raise ImproperlyConfigured(
            f"{name} must be one of 1, true, yes, on, 0, false, no, off; it is {value!r}."
        )
    return value in YES


def integer(name: str, default: int, minimum: int = 0) -> int:
    """Return a whole number that is at least ``minimum``."""
    value = text(name)
    try:
        number = int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number; it is {value!r}.") from None
    if number < minimum:
        raise ImproperlyConfigured(f"{name} must be at least {minimum}; it is {number}.")
    return number


def choice(name: str, default: str, choices: Sequence[str]) -> str:
    """Return one of the choices, which are in capitals, in whatever case it was given."""
    value = text(name, default).upper()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}; it is {value!r}.")
    return value


def words(name: str, default: Sequence[str] = ()) -> list[str]:
    """Return the parts of a comma-separated list, blank parts left out."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or list(default)


def origins(name: str) -> list[str]:
    """Return a comma-separated list of web origins such as ``https://atlas.example``."""
    values = words(name)
    for value in values:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
            raise ImproperlyConfigured(
                f"{name} takes origins such as https://atlas.example; {value!r} is none."
            )
    return values


def directory(name: str, default: Path) -> Path:
    """Return the absolute path of a directory, which need not exist yet."""
    path = Path(text(name, str(default))).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise ImproperlyConfigured(f"{name} must be a directory; {path} is a file.")
    return path


def tile_layers(name: str, default: Sequence[dict[str, Any]] = ()) -> list[dict[str, Any]]:
    """Return map layers from outside the site, which a reader may turn on.

    The variable holds a JSON list; each layer is an object with ``name``, ``url``, ``attribution``,
    ``attribution_url`` and ``max_zoom``. The url is https, with ``{z}``, ``{x}`` and ``{y}``
    (https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames).
    """
    value = text(name)
    if not value:
        return list(default)
    try:
        layers = json.loads(value)
    except json.JSONDecodeError as error:
        raise ImproperlyConfigured(f"{name} must be a JSON list: {error}.") from None
    if not isinstance(layers, list):
        raise ImproperlyConfigured(f"{name} must be a JSON list; it is {type(layers).__name__}.")
    for number, layer in enumerate(layers, start=1):
        fault = _fault_of_tile_layer(layer)
        if fault:
            raise ImproperlyConfigured(f"{name}, layer {number}: {fault}.")
    return layers


def tile_hosts(layers: Sequence[dict[str, Any]]) -> list[str]:
    """Return the origins that the layers' tiles come from, each once, for the Content Security Policy."""
    parts = [urlsplit(layer["url"]) for layer in layers]
    return sorted({f"{part.scheme}://{part.netloc}" for part in parts})


def _fault_of_tile_layer(layer: object) -> str:
    """Return what is wrong with one layer, or an empty string."""
    if not isinstance(layer, dict) or set(layer) != TILE_LAYER_KEYS:
        return f"it must be an object with exactly {', '.join(sorted(TILE_LAYER_KEYS))}"
    if not isinstance(layer["max_zoom"], int) or not 0 <= layer["max_zoom"] <= 22:
        return "max_zoom must be a whole number from 0 to 22"
    if not all(isinstance(layer[key], str) and layer[key].strip() for key in TILE_LAYER_KEYS - {"max_zoom"}):
        return "name, url, attribution and attribution_url must be texts"
    if not layer["attribution_url"].startswith("https://"):
        return "attribution_url must begin with https://"
    address = urlsplit(layer["url"])
    if address.scheme != "https" or not address.hostname or set(address.netloc) & set("{};, '\""):
        return "url must begin with https:// and a plain host name"
    if not all(mark in layer["url"] for mark in ("{z}", "{x}", "{y}")):
        return "url must hold {z}, {x} and {y}"
    return ""
