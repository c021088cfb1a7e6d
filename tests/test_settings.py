"""Settings: readers that fail loudly, a site that starts with nothing set, and what production turns on."""

import ast
import json
import os
import re
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from atlas import databases, environment
from atlas.secret_key import secret_key

LAYER = {
    "name": "Example",
    "url": "https://tiles.example.org/{z}/{x}/{y}.png",
    "attribution": "© Example",
    "attribution_url": "https://example.org/copyright",
    "max_zoom": 18,
}


def settings_with(repository: Path, **variables: str) -> dict[str, Any]:
    """The settings that a new process reads from these environment variables alone."""
    code = (
        "import json; from atlas import settings; values = vars(settings).items(); "
        "print(json.dumps({k: v for k, v in values if k.isupper()}, default=lambda v: type(v).__name__))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=repository,
        env=variables,
        capture_output=True,
        text=True,
        timeout=60,
    )
    if result.returncode:
        raise RuntimeError(result.stderr)
    return json.loads(result.stdout)


@pytest.mark.parametrize(("value", "meant"), [("1", True), ("Yes", True), ("off", False), ("FALSE", False)])
def test_a_flag_reads_yes_and_no_in_any_case(monkeypatch, value: str, meant: bool) -> None:
    monkeypatch.setenv("ATLAS_TRIED", value)
    assert environment.flag("ATLAS_TRIED", default=not meant) is meant


def test_a_blank_variable_counts_as_unset(monkeypatch) -> None:
    monkeypatch.setenv("ATLAS_TRIED", "  ")
    assert environment.flag("ATLAS_TRIED", default=True) is True
    assert environment.integer("ATLAS_TRIED", 7) == 7
    assert environment.words("ATLAS_TRIED", ["localhost"]) == ["localhost"]


def test_words_are_separated_by_commas(monkeypatch) -> None:
    monkeypatch.setenv("ATLAS_TRIED", "atlas.example, www.atlas.example,")
    assert environment.words("ATLAS_TRIED") == ["atlas.example", "www.atlas.example"]


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (environment.flag, "perhaps"),
        (lambda name: environment.integer(name, 1), "many"),
        (lambda name: environment.integer(name, 1), "-1"),
        (lambda name: environment.choice(name, "INFO", ["INFO", "ERROR"]), "loud"),
        (environment.origins, "atlas.example"),
        (environment.origins, "https://atlas.example/en/"),
        (lambda name: environment.directory(name, Path("var")), __file__),
        (environment.tile_layers, "{"),
        (environment.tile_layers, '{"name": "no list"}'),
    ],
)
def test_a_value_that_cannot_be_read_names_its_variable(monkeypatch, read, value: str) -> None:
    monkeypatch.setenv("ATLAS_TRIED", value)
    with pytest.raises(ImproperlyConfigured, match="ATLAS_TRIED"):
        read("ATLAS_TRIED")


@pytest.mark.parametrize(
    "fault",
    [
        {"url": "http://tiles.example.org/{z}/{x}/{y}.png"},
        {"url": "https://tiles.example.org/{z}/{x}.png"},
        {"url": "https://{s}.example.org/{z}/{x}/{y}.png"},
        {"url": "https://tiles.example.org; script-src */{z}/{x}/{y}.png"},
        {"attribution": ""},
        {"attribution_url": "javascript:alert(1)"},
        {"max_zoom": "18"},
        {"opacity": 0.5},
    ],
)
def test_a_faulty_tile_layer_is_refused_with_its_number(monkeypatch, fault: dict[str, Any]) -> None:
    monkeypatch.setenv("ATLAS_TRIED", json.dumps([LAYER, LAYER | fault]))
    with pytest.raises(ImproperlyConfigured, match="ATLAS_TRIED, layer 2"):
        environment.tile_layers("ATLAS_TRIED")


def test_tile_layers_give_their_hosts_to_the_policy(monkeypatch) -> None:
    monkeypatch.setenv("ATLAS_TRIED", json.dumps([LAYER, LAYER | {"name": "Another"}]))
    assert environment.tile_hosts(environment.tile_layers("ATLAS_TRIED")) == ["https://tiles.example.org"]


def test_the_secret_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(secret_key, [path] * 8))
    assert len(keys) == 1
    assert secret_key(path) in keys
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(path.parent) == ["secret_key"]


def test_a_truncated_secret_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    path.write_text("short\n", encoding="ascii")
    with pytest.raises(ImproperlyConfigured, match="secret_key"):
        secret_key(path)


def test_postgresql_gets_a_pool_and_no_lasting_connections() -> None:
    database = databases.from_address("postgresql://atlas:p%40ss@db.example:5433/atlas?sslmode=require", 8)
    assert (database["ENGINE"], database["HOST"], database["PORT"]) == (
        databases.POSTGRESQL,
        "db.example",
        5433,
    )
    assert (database["PASSWORD"], database["CONN_MAX_AGE"]) == ("p@ss", 0)
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["pool"]["max_size"] == 8


def test_an_outside_pooler_replaces_ours() -> None:
    database = databases.from_address("postgresql://atlas@db.example/atlas", 0)
    assert "pool" not in database.get("OPTIONS", {})
    assert database["DISABLE_SERVER_SIDE_CURSORS"] is True


@pytest.mark.parametrize("address", ["mysql://atlas@db.example/atlas", "db.example/atlas", "nonsense://x"])
def test_any_other_database_is_refused(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        databases.from_address(address, 8)


def test_with_nothing_set_the_site_is_for_this_machine_alone(repository: Path, tmp_path: Path) -> None:
    values = settings_with(repository, ATLAS_DATA_DIR=str(tmp_path))
    assert values["DEBUG"] is False
    assert values["DEMONSTRATION"] is False
    assert values["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert values["SECRET_KEY"] == (tmp_path / "secret_key").read_text(encoding="ascii").strip()
    assert values["DATABASES"]["default"]["NAME"] == str(tmp_path / "atlas.sqlite3")
    assert values["LEAFLET_CONFIG"]["TILES"] == []


def test_behind_a_proxy_everything_is_https(repository: Path, tmp_path: Path) -> None:
    values = settings_with(repository, ATLAS_DATA_DIR=str(tmp_path), ATLAS_BEHIND_PROXY="1")
    assert values["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert values["SESSION_COOKIE_SECURE"] and values["CSRF_COOKIE_SECURE"] and values["SECURE_SSL_REDIRECT"]
    assert values["SECURE_HSTS_SECONDS"] == 31_536_000


def test_a_misread_variable_stops_the_start(repository: Path, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ATLAS_DEBUG must be one of"):
        settings_with(repository, ATLAS_DATA_DIR=str(tmp_path), ATLAS_DEBUG="maybe")


def test_every_variable_is_documented_and_every_documented_one_is_read(repository: Path) -> None:
    tree = ast.parse((repository / "atlas" / "settings.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    read = {
        call.args[0].value
        for call in calls
        if ast.unparse(call.func).startswith("environment.") and isinstance(call.args[0], ast.Constant)
    }
    manual = (repository / "docs" / "operations.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `(\w+)` \|", manual, flags=re.MULTILINE))
    assert read == documented
    assert "DATABASE_URL" in read


def test_sqlite_waits_its_turn_and_keeps_foreign_keys(repository: Path, tmp_path: Path) -> None:
    code = (
        "import django; django.setup(); from django.db import connection as c; cursor = c.cursor(); "
        "print([cursor.execute(f'PRAGMA {name}').fetchone()[0] for name in "
        "('journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout')], c.transaction_mode)"
    )
    variables = {"DJANGO_SETTINGS_MODULE": "atlas.settings", "ATLAS_DATA_DIR": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=repository,
        env=variables,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.stdout.strip() == "['wal', 1, 1, 20000] IMMEDIATE", result.stderr
