"""What docs/api.md tells readers to type works as it stands, against the real record."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
SITE = "https://atlas.example.org"


def examples(repository: Path, language: str) -> list[str]:
    text = (repository / "docs" / "api.md").read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.S)


def test_every_command_works(repository: Path, atlas_server: str, tmp_path: Path) -> None:
    commands = [line for block in examples(repository, "console") for line in block.splitlines()]
    assert len(commands) >= 8
    for command in commands:
        line = command.replace(SITE, atlas_server)
        done = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, (command, done.stderr)
    for name in ("deposits.csv", "tungsten.gpkg", "then.geojson", "near.gpkg"):
        assert (tmp_path / name).stat().st_size > 1000


def test_tungsten_is_three_lines_of_pandas(repository: Path, atlas_server: str) -> None:
    [code] = examples(repository, "python")
    assert len(code.strip().splitlines()) == 3
    found: dict[str, Any] = {}
    exec(code.replace(SITE, atlas_server), found)
    tungsten = found["tungsten"]
    assert len(tungsten) > 10
    assert {"Akchatau"} <= set(tungsten["record_name"])
    assert tungsten["source_url"].str.startswith("http").all()
    assert (tungsten["system"] != "").all()
