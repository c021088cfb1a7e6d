#!/usr/bin/env python
"""Django's command line for the atlas."""

import os
import sys


def main() -> None:
    """Run one management command with the atlas's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atlas.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit("Django is not installed in this Python: run `make setup`.") from error
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
