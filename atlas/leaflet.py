"""django-leaflet where no GDAL is installed.

The app's ``leaflet.admin`` imports ``django.contrib.gis.forms``, which refuses to load without GDAL, and the
admin's autodiscovery imports every installed app's ``admin``
(https://github.com/makinacorpus/django-leaflet/issues/299). The atlas keeps points as two numbers and uses
only the app's template tags and static files, so that module is left out, also on machines that have GDAL:
then both kinds of machine run the same code.
"""

import sys
from types import ModuleType

from leaflet.apps import LeafletConfig as DjangoLeafletConfig


class LeafletConfig(DjangoLeafletConfig):
    """The ``leaflet`` app without its admin."""

    def import_models(self) -> None:
        """Register an empty ``leaflet.admin`` before any app's ``ready`` looks for one."""
        super().import_models()
        sys.modules.setdefault("leaflet.admin", ModuleType("leaflet.admin"))
