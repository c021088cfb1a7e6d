"""The houses of the atlas and the one way their imports point."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

# Each house and the houses it may import: those it stands on.
MAY_IMPORT = {
    "accounts": set(),
    "sources": {"accounts"},
    "partners": {"accounts", "sources"},
    "deposits": {"accounts", "sources"},
    "projects": {"accounts", "sources", "partners", "deposits"},
    "findings": {"accounts", "sources", "partners", "deposits", "projects"},
    "atlas": {"accounts", "sources", "partners", "deposits", "projects", "findings"},
}
MODEL_LABEL = re.compile(rf"({'|'.join(MAY_IMPORT)})\.[A-Z]\w*")
LONGEST_FILE = 400
# A machine's own directories; after a host name the same letters are part of a page's address.
MACHINE_PATH = re.compile(r"(?<![\w.-])/(?:wor[k]|roo[t]|hom[e]/\w+|User[s]/\w+|tm[p])/")
TEXT_SUFFIXES = {".py", ".js", ".css", ".html", ".md", ".toml", ".txt", ".yml", ".yaml", ".json", ".svg", ""}


def houses_named_by(code: str, package: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the house of every import and every "house.Model" text in Python code."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""] if not node.level else [package]
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and MODEL_LABEL.fullmatch(node.value)
        ):
            names = [node.value]
        else:
            continue
        for name in names:
            house = name.partition(".")[0]
            if house in MAY_IMPORT:
                yield node.lineno, house


def wrong_imports(code: str, house: str) -> list[str]:
    allowed = MAY_IMPORT[house] | {house}
    return [
        f"line {line} names {other}" for line, other in houses_named_by(code, house) if other not in allowed
    ]


def own_files(repository: Path, *suffixes: str) -> list[Path]:
    folders = [*MAY_IMPORT, "templates", "static", "tests"]
    files = [
        path for folder in folders for path in (repository / folder).rglob("*") if path.suffix in suffixes
    ]
    return [path for path in files if not {"migrations", "vendor"} & set(path.relative_to(repository).parts)]


@pytest.mark.parametrize("house", MAY_IMPORT)
def test_imports_point_one_way(house: str, repository: Path) -> None:
    files = [path for path in own_files(repository, ".py") if path.relative_to(repository).parts[0] == house]
    assert files
    wrong = {
        str(path.relative_to(repository)): faults
        for path in files
        if (faults := wrong_imports(path.read_text(encoding="utf-8"), house))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("house", "code"),
    [
        ("sources", "from deposits.models import Deposit"),
        ("sources", "import atlas.settings"),
        ("partners", "def f():\n    from deposits import queries"),
        ("deposits", "from partners.models import Partner"),
        ("sources", 'models.ForeignKey("deposits.Deposit", models.PROTECT)'),
    ],
)
def test_an_import_up_the_list_is_found(house: str, code: str) -> None:
    assert len(wrong_imports(code, house)) == 1


def test_every_house_is_an_installed_app_after_those_it_imports(settings) -> None:
    order = [app for app in settings.INSTALLED_APPS if app in MAY_IMPORT]
    assert set(order) == set(MAY_IMPORT)
    assert all(order.index(below) < order.index(house) for house in order for below in MAY_IMPORT[house])


def test_no_file_is_longer_than_a_reader_can_hold(repository: Path) -> None:
    long = {
        str(path.relative_to(repository)): lines
        for path in own_files(repository, ".py", ".js", ".css", ".html")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_nothing_names_a_path_of_somebodys_machine(repository: Path) -> None:
    skipped = {".git", ".venv", "var", "fixtures", "locale", "vendor", "node_modules", "__pycache__"}
    skipped |= {".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis"}
    named = [
        str(path.relative_to(repository))
        for path in repository.rglob("*")
        if path.is_file()
        and path.suffix in TEXT_SUFFIXES
        and not skipped & set(path.relative_to(repository).parts)
        and MACHINE_PATH.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert named == []
