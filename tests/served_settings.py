"""The atlas's settings for the site that browsers are served in tests.

They differ in one thing: the outside web is one server of the tests' own, on this machine. That can be said
here only; the atlas's own settings read no environment variable that would let it fetch from loopback.
"""

import os

from atlas.settings import *  # noqa: F403
from tests.outside_web import AVAILABLE, SAVE

_outside = int(os.environ["OUTSIDE_WEB_PORT"])

FETCH_LOOPBACK_PORTS = {_outside}
ARCHIVE_AVAILABILITY = f"http://127.0.0.1:{_outside}{AVAILABLE}"
ARCHIVE_SAVE = f"http://127.0.0.1:{_outside}{SAVE}"
