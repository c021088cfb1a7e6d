"""The WSGI application, for gunicorn: ``gunicorn atlas.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atlas.settings")

application = get_wsgi_application()

from accounts.demonstration import refuse_outside_demonstration  # noqa: E402 - needs the apps, loaded above

refuse_outside_demonstration()
