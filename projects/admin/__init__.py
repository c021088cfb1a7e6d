from . import claims, records  # noqa: F401 - they register themselves
