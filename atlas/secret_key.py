"""The site's secret key, made once and kept beside the database, outside version control."""

import contextlib
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 48


def secret_key(path: Path) -> str:
    """Return the key kept in ``path``, making it first when there is none.

    The file is readable by its owner alone (mode 600). It appears whole or not at all: processes that start
    at the same moment all end with the same key.
    """
    if not path.exists():
        _make_key_file(path)
    key = path.read_text(encoding="ascii").strip()
    if len(key) < KEY_BYTES:
        raise ImproperlyConfigured(f"The secret key in {path} is too short; delete the file to make another.")
    return key


def _make_key_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(KEY_BYTES) + "\n")
        with contextlib.suppress(FileExistsError):  # another process was first; its key holds
            os.link(draft, path)
    finally:
        draft.unlink()
