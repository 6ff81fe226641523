"""All settings of the portal, read from the environment once.

``PATHLOOM_DEMO`` turns the demo district and its sign-ins on; it is the only mode that may run
with the key made up at set-up. ``DATABASE_URL`` defaults to an SQLite file under ``var/``.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
ROOT = Path(__file__).resolve().parents[4]  # the checkout
VAR = Path(env.str("PATHLOOM_VAR", str(ROOT / "var")))
PATHLOOM_DATA = Path(env.str("PATHLOOM_DATA", str(VAR / "data")))  # what operators import

DEBUG = False
PATHLOOM_DEMO = env.bool("PATHLOOM_DEMO", default=False)
# Tests: raise where service denies, and wait for no worker.
PATHLOOM_STRICT = env.bool("PATHLOOM_STRICT", default=False)
# Public pages are kept until an action changes something; tests change rows without one.
KEEP_PAGES = not PATHLOOM_STRICT
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Set it to 50 random characters, or start with `make run`, "
        "which makes one for this machine."
    )
# Hosts that show one school at their front door: each by name ("oak.example.org=oak-high"), and
# every `<school>.<PORTAL_DOMAIN>`. Every other host that is not in ALLOWED_HOSTS is refused.
PORTAL_HOSTS = env.dict("PORTAL_HOSTS", default={})
PORTAL_DOMAIN = env.str("PORTAL_DOMAIN", default="").strip(".")
ALLOWED_HOSTS = [
    *env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"]),
    *PORTAL_HOSTS,
    *([f".{PORTAL_DOMAIN}"] if PORTAL_DOMAIN else []),
]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "pathloom.portal.core",
    "pathloom.portal.accounts",
    "pathloom.portal.catalog",
    "pathloom.portal.programs",
    "pathloom.portal.records",
    "pathloom.portal.plans",
    "pathloom.portal.demo",
]

MIDDLEWARE = [
    "django.middleware.http.ConditionalGetMiddleware",
    "pathloom.portal.core.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pathloom.portal.core.middleware.PortalHostMiddleware",
    "pathloom.portal.core.middleware.LanguageMiddleware",
    "pathloom.portal.core.middleware.KeptPagesMiddleware",  # outside of all that sets a cookie
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pathloom.portal.core.middleware.AccessMiddleware",
    "pathloom.portal.core.middleware.UserErrorMiddleware",
]

ROOT_URLCONF = "pathloom.portal.config.urls"
WSGI_APPLICATION = "pathloom.portal.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pathloom.portal.accounts.presenters.frame",
            ],
            "builtins": [
                "pathloom.portal.core.templatetags.ui",
                "pathloom.portal.core.templatetags.days",
            ],
        },
    },
]


def _database() -> dict[str, object]:
    settings: dict[str, object] = env.db_url_config(
        env.str("DATABASE_URL", default=f"sqlite:///{VAR / 'pathloom.sqlite3'}")
    )
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        # IMMEDIATE: a transaction that will write waits at its start instead of failing midway.
        # FULL: what was confirmed survives a power cut, as far as the disk keeps its word.
        settings["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            ),
        }
    else:
        settings["CONN_HEALTH_CHECKS"] = True
        settings["CONN_MAX_AGE"] = 60
    return settings


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Work beside the pages waits in the database for a worker.
TASKS = {
    "default": {
        "BACKEND": (
            "django_tasks.backends.immediate.ImmediateBackend"
            if PATHLOOM_STRICT
            else "django_tasks_db.DatabaseBackend"
        )
    }
}

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "accounts:home"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# TLS is the district's front server. Over plain HTTP on loopback, secure cookies would lock
# everyone out of the demo.
HTTPS = env.bool("PATHLOOM_HTTPS", default=not PATHLOOM_DEMO)
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "pathloom.portal.core.views.no_token"
SESSION_COOKIE_AGE = 8 * 3600

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
FORMAT_MODULE_PATH = ["pathloom.portal.config.formats"]
TIME_ZONE = env.str("TIME_ZONE", default="America/New_York")
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env.str(
            "PATHLOOM_STATIC_STORAGE",
            default="whitenoise.storage.CompressedManifestStaticFilesStorage",
        )
    },
}

# A message is shown as an alert of this kind.
MESSAGE_TAGS = {10: "note", 20: "note", 25: "done", 30: "warn", 40: "stop"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {name: {"level": "WARNING"} for name in ("django_tasks", "django_tasks_db")},
}
