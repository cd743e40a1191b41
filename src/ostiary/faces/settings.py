"""Django's settings for pages and calls; what depends on the office is set by its site.

They go beyond those of the case store (:mod:`.store.settings`), which are the least that
an object-relational mapper needs. There is no `django.contrib.auth`: people sign in with passkeys
or at the office's OpenID Connect provider, so there are no passwords, and no user who may do
everything.
"""

from pathlib import Path

from ostiary.office.store import settings as case_store

_STATIC = Path(__file__).parent / "web" / "static"

DATABASES = case_store.DATABASES
DEFAULT_AUTO_FIELD = case_store.DEFAULT_AUTO_FIELD
USE_TZ = case_store.USE_TZ
INSTALLED_APPS = [
    *case_store.INSTALLED_APPS,
    "django.contrib.sessions",
    "ostiary.faces.server",
    "ostiary.faces.web",
    "ostiary.faces.api",
]
DATABASE_ROUTERS = ["ostiary.faces.server.databases.Router"]
SILENCED_SYSTEM_CHECKS: list[str] = []
MIDDLEWARE = [
    "ostiary.faces.server.measures.Measured",
    "django.middleware.security.SecurityMiddleware",
    "ostiary.faces.server.headers.SecurityHeaders",
    "ostiary.faces.server.static_files.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ostiary.faces.server.access.AccessMiddleware",
]
ROOT_URLCONF = "ostiary.faces.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["ostiary.faces.web.context.about_the_page"],
            "builtins": ["ostiary.faces.web.templatetags.office"],
        },
    }
]
STATIC_URL = "/static/"
STATIC_FILES = {"web": _STATIC / "web", "fonts": _STATIC / "fonts"}
TIME_ZONE = "UTC"
USE_I18N = False
DEBUG = False

# Set when an office is opened, beside CSRF_TRUSTED_ORIGINS and SECURE_SSL_REDIRECT.
SECRET_KEY = ""
ALLOWED_HOSTS: list[str] = []

# Sessions: half an hour without a step ends one, eight hours end any (server.signing_in).
SESSION_ENGINE = "ostiary.faces.server.sessions"
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
LONGEST_SESSION = 8 * 60 * 60

CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "ostiary.faces.server.errors.forged"

SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# Not "no-referrer": browsers would then send no Origin with forms, and every form looked forged.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# A request file by upload; anything larger goes by `ostiary run` or the API.
UPLOAD_BYTES = 20_000_000
UPLOAD_ROWS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_500
DATA_UPLOAD_MAX_NUMBER_FILES = 1

LOGGING_CONFIG = "ostiary.faces.server.logs.configure"
LOGGING: dict[str, object] = {"version": 1}
