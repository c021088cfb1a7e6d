"""The atlas's settings for tests: the machine's own settings count for nothing but the database's address."""

import os

for _name in [name for name in os.environ if name.startswith("ATLAS_")]:
    del os.environ[_name]

from atlas.settings import *  # noqa: E402, F403
from atlas.settings import CACHES, LOGGING, STORAGES  # noqa: E402

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# Tests roll the clock back, so one tick has many states.
CACHES = {**CACHES, "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
# Tests build hundreds of snapshots, none of which lives long.
MAKE_AHEAD = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGGING = {**LOGGING, "root": {"handlers": ["stderr"], "level": "ERROR"}}
# All tests ask from one address.
API_BURST = 10**9
