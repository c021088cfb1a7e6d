"""Loading a dossier first, where a test of the desk needs one."""

from tests.loading.conftest import load

__all__ = ["load"]
