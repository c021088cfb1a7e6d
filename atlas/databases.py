"""Which database the atlas uses: SQLite as it comes, PostgreSQL when an address says so."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"

# Readers never wait for the writer (WAL); a writer takes its lock when its transaction begins, so that it
# waits its turn instead of failing half-way (https://docs.djangoproject.com/en/5.2/ref/databases/#sqlite-notes).
# Without recursive triggers REPLACE would delete rows behind the back of the triggers that keep them
# (https://www.sqlite.org/lang_conflict.html).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON"
    ),
}
POOL_WAIT_SECONDS = 10


def sqlite(path: Path) -> dict[str, Any]:
    """Return Django's settings for the SQLite file at ``path``, whose directory is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return {"ENGINE": SQLITE, "NAME": str(path), "OPTIONS": dict(SQLITE_OPTIONS)}


def from_address(address: str, pool_size: int) -> dict[str, Any]:
    """Return Django's settings for ``postgresql://user:password@host:port/name`` or ``sqlite:///path``.

    ``pool_size`` is the most connections that one process keeps open; 0 opens one a request, as an outside
    pooler such as PgBouncer wants it. Raises ``ImproperlyConfigured`` for any other kind of address.
    """
    try:
        database: dict[str, Any] = {**dj_database_url.parse(address)}
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from None
    if database["ENGINE"] == SQLITE:
        return sqlite(Path(str(database["NAME"])))
    if database["ENGINE"] != POSTGRESQL:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql:// or sqlite://")
    if pool_size:
        pool = {"min_size": 1, "max_size": pool_size, "timeout": POOL_WAIT_SECONDS}
        database.update(CONN_MAX_AGE=0, OPTIONS={**database.get("OPTIONS", {}), "pool": pool})
    else:
        database.update(DISABLE_SERVER_SIDE_CURSORS=True)
    return database
