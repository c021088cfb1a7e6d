"""Getting the benchmarks' contenders: into var/benchmarks alone, but for what Debian packages.

Python packages go into a virtual environment of their own and are looked for after the atlas's, so that the
atlas runs on its own versions; supercluster goes into a node_modules.
"""

import os
import shutil
import site
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "var" / "benchmarks"
VENV = HOME / "venv"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
SUPERCLUSTER = "supercluster@9.1.0"
#: Memory in pages of two megabytes, for whoever asks malloc: numpy, SQLite, PostgreSQL's workers.
#: Else, where pages are dear as under nested virtualisation, most of what is measured is touching memory.
HUGE_PAGES = "glibc.malloc.hugetlb=1"
POSTGRESQL_OPTIONS = "-c shared_buffers=2GB -c effective_cache_size=8GB"
DEBIAN_POSTGRESQL = "15"
DEBIAN_PACKAGES = {"wrk": "wrk", "node": "nodejs npm"}


def python_packages() -> None:
    """Install benchmarks/requirements.txt once a change of it, and make it importable here."""
    installed = VENV / REQUIREMENTS.name
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if not installed.exists() or installed.read_text(encoding="utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
        pip = [VENV / "bin" / "python", "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        subprocess.run([*pip, "-r", REQUIREMENTS], check=True)
        installed.write_text(wanted, encoding="utf-8")
    for packages in VENV.glob("lib/python*/site-packages"):
        site.addsitedir(str(packages))


def supercluster() -> Path:
    """Install supercluster from npm; the file to import."""
    package = HOME / "node_modules" / "supercluster"
    if not package.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(HOME)]
        subprocess.run([*npm, SUPERCLUSTER], check=True)
    return package / "index.js"


def programs(*names: str) -> None:
    """Install programs that Debian packages, as root; else say what is missing and stop."""
    missing = [DEBIAN_PACKAGES[name] for name in names if not shutil.which(name)]
    _debian(" ".join(missing).split())


def postgis() -> None:
    """Make sure that this command runs next to a PostgreSQL with PostGIS; starts it anew under one if not.

    All processes have HUGE_PAGES, unless GLIBC_TUNABLES says otherwise.
    """
    version = _postgresql_version() or DEBIAN_POSTGRESQL
    extension = Path("/usr/share/postgresql") / version / "extension" / "postgis.control"
    _debian([] if extension.exists() else [f"postgresql-{version}", f"postgresql-{version}-postgis-3"])
    if not os.environ.get("DATABASE_URL"):
        os.environ["POSTGRESQL_OPTIONS"] = POSTGRESQL_OPTIONS
        os.environ.setdefault("GLIBC_TUNABLES", HUGE_PAGES)
        script = str(ROOT / "scripts" / "with_postgresql")
        os.execv(script, [script, sys.executable, *sys.orig_argv[1:]])


def _postgresql_version() -> str:
    """The major version of the server that scripts/with_postgresql starts, "" if there is none."""
    programs = [ROOT / "scripts" / "postgresql_programs"]
    directory = subprocess.run(programs, capture_output=True, text=True).stdout.strip()
    if not directory:
        return ""
    said = subprocess.run([f"{directory}/initdb", "--version"], capture_output=True, text=True).stdout
    return said.split()[-1].partition(".")[0]


def _debian(packages: list[str]) -> None:
    if not packages:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SystemExit("The benchmark needs: " + " ".join(packages))
    print("Installing:", *packages, flush=True)
    subprocess.run(["apt-get", "-q", "update"], check=True, stdout=subprocess.DEVNULL)
    command = ["apt-get", "-q", "-y", "install", "--no-install-recommends", *packages]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
