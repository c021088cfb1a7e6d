"""The servers that benchmarks/http.py asks, each with its data, and stopped afterwards."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from .installing import HOME, ROOT, VENV

WORKERS, THREADS = 2, 4
SECONDS_TO_START = 120
PYGEOAPI = """
server:
  bind: {{host: 127.0.0.1, port: {port}}}
  url: http://127.0.0.1:{port}
  mimetype: application/json; charset=UTF-8
  encoding: utf-8
  languages: [en-US]
  limits: {{default_items: 1000, max_items: 1000}}
  map: {{url: "http://127.0.0.1/", attribution: none}}
logging: {{level: ERROR}}
metadata:
  identification: {{title: b, description: b, keywords: [b], keywords_type: theme, terms_of_service: b, url: "http://b"}}
  license: {{name: b, url: "http://b"}}
  provider: {{name: b, url: "http://b"}}
  contact: {{name: b}}
resources:
  sites:
    type: collection
    title: b
    description: b
    keywords: [b]
    links: []
    extents: {{spatial: {{bbox: [-180, -90, 180, 90], crs: "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}}}
    providers:
      - type: feature
        name: PostgreSQL
        data: {{host: {host}, port: 5432, dbname: postgres, user: atlas, password: "", search_path: [public]}}
        id_field: id
        table: sites
        geom_field: geom
"""


class Server:
    """A process that answers at `address`; use it in a with statement."""

    def __init__(
        self, command: Iterable[str | Path], port: int, environment: dict[str, str], probe: str
    ) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._log = HOME / f"server-{port}.log"
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                list(command), cwd=ROOT, env={**os.environ, **environment}, stdout=log, stderr=log
            )
        self._probe = self.address + probe

    def __enter__(self) -> Self:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                urllib.request.urlopen(self._probe, timeout=SECONDS_TO_START).close()
                return self
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
        self._process.kill()
        raise SystemExit(f"A server did not start:\n{self._log.read_text()}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()


def atlas(python: str) -> Server:
    """gunicorn with the atlas and the benchmark's own views."""
    port = _free_port()
    environment = {"DJANGO_SETTINGS_MODULE": "benchmarks.settings", "ATLAS_LOG_LEVEL": "ERROR"}
    return Server([python, *_gunicorn("atlas.wsgi", port)], port, environment, "/empty/")


def pygeoapi() -> Server:
    """gunicorn with pygeoapi and its PostgreSQL provider, on the table `sites`."""
    port = _free_port()
    host = parse_qs(urlsplit(os.environ["DATABASE_URL"]).query)["host"][0]
    config, openapi = HOME / "pygeoapi.yml", HOME / "pygeoapi-openapi.yml"
    config.write_text(PYGEOAPI.format(port=port, host=host), encoding="utf-8")
    environment = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(openapi)}
    generate = [VENV / "bin" / "pygeoapi", "openapi", "generate", config, "--output-file", openapi]
    subprocess.run(generate, check=True, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    command = [VENV / "bin" / "python", *_gunicorn("pygeoapi.flask_app:APP", port)]
    return Server(command, port, environment, "/collections/sites/items?limit=1&f=json")


def datasette(database: Path) -> Server:
    """datasette's one process, on a SQLite file."""
    port = _free_port()
    command = [VENV / "bin" / "datasette", "serve", "--immutable", database, "--port", str(port)]
    command += ["--setting", "sql_time_limit_ms", "20000"]
    return Server(command, port, {}, "/-/versions.json")


def _gunicorn(application: str, port: int) -> list[str]:
    options = ["--workers", str(WORKERS), "--worker-class", "gthread", "--threads", str(THREADS)]
    return ["-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", *options, "--log-level", "warning"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
