"""The atlas starts where neither GDAL nor GEOS is installed; machines that have them must not hide it."""

import subprocess
import sys
from pathlib import Path

HIDE_GDAL = """
import ctypes.util
find_library = ctypes.util.find_library
hidden = ("gdal", "geos")
ctypes.util.find_library = lambda name: None if name.lower().startswith(hidden) else find_library(name)
"""

START_THE_SITE = """
import django
from django.core.management import call_command
from django.template import Context, Template
from django.urls import get_resolver

django.setup()
call_command("check")
assert get_resolver().url_patterns
page = Template("{% load leaflet_tags %}{% leaflet_css %}{% leaflet_js %}").render(Context())
assert "leaflet/leaflet.js" in page, page
print("started")
"""

IMPORT_GEODJANGO = "from django.contrib.gis import forms"


def run_without_gdal(code: str, repository: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", HIDE_GDAL + code],
        cwd=repository,
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": "", "PYTHONPATH": str(repository)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_site_starts_without_gdal(repository: Path) -> None:
    result = run_without_gdal(START_THE_SITE, repository)
    assert result.stdout.strip().endswith("started"), result.stderr


def test_gdal_is_really_hidden(repository: Path) -> None:
    result = run_without_gdal(IMPORT_GEODJANGO, repository)
    assert "Could not find the GDAL library" in result.stderr
