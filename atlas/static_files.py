"""Static files under names that hold their content's hash, ECMAScript modules included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed files whose modules import each other by their hashed names too.

    The browser may then keep every file for good (https://docs.djangoproject.com/en/5.2/ref/contrib/staticfiles/).
    """

    support_js_module_import_aggregation = True
