"""The atlas's settings, from environment variables; with none set it runs on this machine alone.

docs/operations.md says what each variable does.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from atlas import __version__, databases, environment, security
from atlas.secret_key import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.directory("ATLAS_DATA_DIR", BASE_DIR / "var")

DEBUG = environment.flag("ATLAS_DEBUG")
SECRET_KEY = environment.text("ATLAS_SECRET_KEY") or secret_key(DATA_DIR / "secret_key")
ALLOWED_HOSTS = environment.words("ATLAS_ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = environment.origins("ATLAS_CSRF_TRUSTED_ORIGINS")

# Part of every page's ETag: pages change with the code as well as with the record.
RELEASE = environment.text("ATLAS_RELEASE") or __version__

# The demonstration on one's own machine: accounts with printed passwords, for loopback only.
DEMONSTRATION = environment.flag("ATLAS_DEMONSTRATION")

# The desk's theme comes before Django's admin; of our own houses, each comes after those it imports.
INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "atlas.leaflet.LeafletConfig",
    "accounts",
    "sources",
    "partners",
    "deposits",
    "projects",
    "findings",
    "atlas",
]

# Compressing is safe against BREACH (https://breachattack.com/): public pages hold no secret, and Django
# masks the desk's CSRF token anew in every response.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "atlas.security.ContentSecurityPolicyMiddleware",
    "atlas.errors.ExplainRefusals",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "atlas.urls"
CSRF_FAILURE_VIEW = "atlas.errors.csrf_failure"
WSGI_APPLICATION = "atlas.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "atlas.moments.context",
            ],
        },
    },
]

# Databases

DATABASE_URL = environment.text("DATABASE_URL")
DATABASE_POOL = environment.integer("ATLAS_DATABASE_POOL", 8)
DATABASES = {
    "default": (
        databases.from_address(DATABASE_URL, DATABASE_POOL)
        if DATABASE_URL
        else databases.sqlite(DATA_DIR / "atlas.sqlite3")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Memory of a worker's own

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Whole public pages, the least recently asked for dropped first (atlas/kept_pages.py).
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 200, "CULL_FREQUENCY": 10},
    },
}
#: Whether a thread of its own makes what pages need of a new snapshot (atlas/published/derived.py), before a
#: reader asks, and has the garbage collector pass over it all.
MAKE_AHEAD = True

# People

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Signing in (docs/decisions/0007-signing-in.md): wrong passwords are counted in the database, which all
# workers share, by account and by place; so are wrong codes of the second factor, by account.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
OTP_TOTP_ISSUER = environment.text("ATLAS_NAME_IN_AUTHENTICATORS", "Critical Minerals Atlas")
AXES_FAILURE_LIMIT = environment.integer("ATLAS_SIGN_IN_FAILURES", 10, minimum=1)
AXES_COOLOFF_TIME = timedelta(minutes=environment.integer("ATLAS_SIGN_IN_PAUSE", 15, minimum=1))
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_CLIENT_IP_CALLABLE = "accounts.places.place"
AXES_LOCKOUT_CALLABLE = "accounts.throttling.refused"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # nobody can prolong another's pause
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Languages and time

USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ru", _("Russian"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

# Static files

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "atlas.static_files.ModuleStorage"
        )
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Already compressed, or read by developers' tools alone (source maps).
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
    "png",
    "jpg",
    "jpeg",
    "webp",
    "gif",
    "ico",
    "woff",
    "woff2",
    "gz",
    "br",
    "zip",
    "map",
]

# Maps. No layer comes from outside unless the reader turns it on.

OUTSIDE_TILES = environment.tile_layers(
    "ATLAS_OUTSIDE_TILES",
    [
        {
            "name": "OpenStreetMap",
            "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
            "attribution": "© OpenStreetMap contributors",
            "attribution_url": "https://www.openstreetmap.org/copyright",
            "max_zoom": 19,
        }
    ],
)
LEAFLET_CONFIG = {
    "TILES": [],
    "DEFAULT_CENTER": (43.0, 67.5),
    "DEFAULT_ZOOM": 4,
    "MIN_ZOOM": 3,
    "MAX_ZOOM": 18,
    "RESET_VIEW": False,
    "ATTRIBUTION_PREFIX": "",
}

# Security

DESK_PATH = "/admin/"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": security.public_directives(environment.tile_hosts(OUTSIDE_TILES))}
DESK_DIRECTIVES = security.desk_directives(environment.tile_hosts(OUTSIDE_TILES))
X_FRAME_OPTIONS = "DENY"

if environment.flag("ATLAS_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = environment.integer("ATLAS_HSTS_SECONDS", 31_536_000)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# A plan of an import has a box to tick for each of its rows.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000

# Ports of this machine that outside fetches may reach: none, but for a test's own server.
FETCH_LOOPBACK_PORTS: set[int] = set()

# Where dated copies of sources are looked for and asked for (https://archive.org/help/wayback_api.php).
ARCHIVE_AVAILABILITY = "https://archive.org/wayback/available"
ARCHIVE_SAVE = "https://web.archive.org/save/"

# Where bare DOIs and ISBNs lead, and the catalogues that describe them (sources/bibliography.py).
DOI_ADDRESS = "https://doi.org/"
DOI_CATALOGUE = "https://api.crossref.org/works/"
ISBN_ADDRESS = "https://openlibrary.org/isbn/"
ISBN_CATALOGUE = "https://openlibrary.org/api/books?format=json&jscmd=data&bibkeys="

# Proxies before this site that add to X-Forwarded-For; readers' addresses are taken from behind them.
TRUSTED_PROXIES = environment.integer("ATLAS_TRUSTED_PROXIES", 0)
# Requests that one address may send the API at once, and how many it regains a second (atlas/api/limits.py).
API_BURST = environment.integer("ATLAS_API_BURST", 300, minimum=1)
API_PER_SECOND = environment.integer("ATLAS_API_PER_SECOND", 30, minimum=1)

# Who answers for this site, as /about/ says; blank where its operator has not said yet.
PUBLISHER = {
    "name": environment.text("ATLAS_PUBLISHER"),
    "address": environment.text("ATLAS_PUBLISHER_ADDRESS"),
    "contact": environment.text("ATLAS_CONTACT"),
    "editors": environment.text("ATLAS_EDITORS"),
    "funding": environment.text("ATLAS_FUNDING"),
}

# The editors' desk (https://unfoldadmin.com/docs/configuration/settings/)

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("Critical Minerals Atlas of Central Asia"),
    "SITE_HEADER": _("Critical Minerals Atlas"),
    "SITE_SUBHEADER": _("The editors' desk"),
    "SITE_SYMBOL": "landscape",
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": True,
    "STYLES": [],
    "ACCOUNT": {
        "navigation": [
            {"title": _("What I did"), "link": reverse_lazy("admin:own_activity")},
            {"title": _("Second factor"), "link": reverse_lazy("admin:second_factor")},
            {"title": _("Change password"), "link": reverse_lazy("admin:password_change")},
        ]
    },
    "SIDEBAR": {"show_search": True, "show_all_applications": True},
}

# Logging: all of it goes to standard error, tracebacks of failed requests included.

LOG_LEVEL = environment.choice("ATLAS_LOG_LEVEL", "INFO", ["DEBUG", "INFO", "WARNING", "ERROR"])
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    # Without handlers of its own, which print nothing while DEBUG is off and mail errors to nobody.
    "loggers": {"django": {"handlers": [], "level": LOG_LEVEL, "propagate": True}},
}
