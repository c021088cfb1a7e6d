"""Releases: the whole record of a moment as files that never change again."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from atlas.published.snapshot import Snapshot
from sources.models import Claim, Tick

from .changelog import changelog, changelog_text
from .files import FORMATS
from .package import version, write_package
from .selecting import everything
from .tables import moment_text

#: Whole-record files of a release besides the package, by format.
_WHOLE = ("gpkg", "json")
_ABOUT = "release.json"
_READ_ONLY = 0o444


@dataclass(frozen=True)
class Release:
    """A release that was written: its version, tick, day, and files with their sizes in bytes."""

    version: str
    tick: int
    at: str
    files: dict[str, int]


class AlreadyReleased(Exception):
    """The record has not changed since it was last released."""


def directory() -> Path:
    """Where releases are kept."""
    return Path(settings.DATA_DIR) / "releases"


def releases() -> list[Release]:
    """All releases that may be read, newest first: none that holds a claim suppressed since."""
    hidden: Any = Claim.objects.filter(suppressed_at__isnull=False)
    suppressed = list(hidden.values_list("published_tick", "suppressed_at"))
    if not suppressed:
        return written()
    at = dict(Tick.objects.filter(number__in=[one.tick for one in written()]).values_list("number", "at"))
    return [
        one
        for one in written()
        if not any(since <= one.tick and at[one.tick] < when for since, when in suppressed)
    ]


def written() -> list[Release]:
    """All releases, newest first, also those that are withheld."""
    found = []
    for path in directory().glob(f"*/{_ABOUT}"):
        about = json.loads(path.read_text("utf-8"))
        files = {one.name: one.stat().st_size for one in sorted(path.parent.iterdir()) if one.name != _ABOUT}
        found.append(Release(about["version"], about["tick"], about["at"], files))
    return sorted(found, key=lambda release: -release.tick)


def write_release(snapshot: Snapshot, site: str) -> Release:
    """Write the files of a moment, all or none, and make them read-only. Raises AlreadyReleased."""
    name = version(snapshot)
    target, unfinished = directory() / name, directory() / f".{name}"
    earlier = written()
    if target.exists():
        raise AlreadyReleased(name)
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    with (unfinished / f"atlas-{name}.zip").open("wb") as file:
        write_package(file, snapshot, site)
    for ending in _WHOLE:
        with (unfinished / f"atlas-{name}.{ending}").open("wb") as file:
            file.writelines(FORMATS[ending].write(everything(snapshot), site))
    after = max((release.tick for release in earlier if release.tick < snapshot.tick), default=0)
    text = changelog_text(changelog(after, snapshot.tick))
    (unfinished / "CHANGELOG.md").write_text(text, encoding="utf-8")
    (unfinished / "SHA256SUMS").write_text("".join(_sums(unfinished)), encoding="utf-8")
    about: dict[str, Any] = {"version": name, "tick": snapshot.tick, "at": moment_text(snapshot.at)}
    (unfinished / _ABOUT).write_text(json.dumps(about), encoding="utf-8")
    for path in unfinished.iterdir():
        path.chmod(_READ_ONLY)
    os.rename(unfinished, target)
    return next(release for release in written() if release.version == name)


def _sums(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        if path.name != "SHA256SUMS":
            with path.open("rb") as file:
                yield f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n"
