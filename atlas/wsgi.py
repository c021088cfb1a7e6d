"""The WSGI application, for gunicorn: ``gunicorn atlas.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atlas.settings")

application = get_wsgi_application()

# After the apps are loaded; nothing of it is left open for the requests, which may run in other processes.
from django.db import connections  # noqa: E402

from accounts.demonstration import refuse_outside_demonstration  # noqa: E402

refuse_outside_demonstration()
connections.close_all()
