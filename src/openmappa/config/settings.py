"""All settings, in one file.

Every value that differs between machines is read here, once; see docs/how-to/install.md.
"""

from pathlib import Path

from openmappa.config import environment
from openmappa.config.cluster import Cluster
from openmappa.config.database import embedded_access, url_access

ROOT = Path(__file__).resolve().parents[3]
VAR = environment.path("OPENMAPPA_VAR", ROOT / "var")

# A demonstration on this machine: generated people, a secret of its own, sign-in over plain http.
OPENMAPPA_DEMO = environment.boolean("OPENMAPPA_DEMO")
OPENMAPPA_SYNTHETIC = OPENMAPPA_DEMO
DEBUG = environment.boolean("OPENMAPPA_DEBUG")

SECRET_KEY = environment.secret("OPENMAPPA_SECRET_KEY", generate_in=VAR / "secret-key" if OPENMAPPA_DEMO else None)
HAS_SECRET = bool(SECRET_KEY)  # what serves pages refuses to start without one; commands that sign nothing run
ALLOWED_HOSTS = environment.words("OPENMAPPA_ALLOWED_HOSTS", ("127.0.0.1", "localhost", "[::1]"))
CSRF_TRUSTED_ORIGINS = environment.words("OPENMAPPA_TRUSTED_ORIGINS", ())

INSTALLED_APPS = [
    "openmappa.config",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "openmappa.audit",
    "openmappa.ui",
    "openmappa.accounts",
    "openmappa.cases",
    "openmappa.timeline",
    "openmappa.visits",
    "openmappa.assessments",
    "openmappa.worklist",
    "openmappa.caseload",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "openmappa.ui.middleware.SignInRequired",
    "openmappa.ui.middleware.keep_nothing",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "openmappa.config.urls"
WSGI_APPLICATION = "openmappa.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "openmappa.ui.jinja.Templates",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "openmappa.ui.jinja.environment"},
    }
]

# Database: embedded unless DATABASE_URL names a server. The application's login is the default;
# OPENMAPPA_DB_ROLE=owner is for work on the tables by hand (migrate and flush become the owner by
# themselves).
POSTGRES_FOLDER = environment.path("OPENMAPPA_POSTGRES", VAR / "postgres")
DATABASE_IS_DURABLE = environment.boolean("OPENMAPPA_POSTGRES_DURABLE", default=True)
DATABASE_URL = environment.text("DATABASE_URL")
DATABASE_ACCESS = (
    url_access(DATABASE_URL, environment.text("DATABASE_OWNER_URL"))
    if DATABASE_URL
    else embedded_access(POSTGRES_FOLDER, Cluster(POSTGRES_FOLDER, durable=DATABASE_IS_DURABLE).socket_folder)
)
DATABASE_ROLE = environment.choice("OPENMAPPA_DB_ROLE", ("app", "owner"), "app")
DATABASES = {
    "default": {
        "ENGINE": "openmappa.config.backend",
        **(DATABASE_ACCESS.owner if DATABASE_ROLE == "owner" else DATABASE_ACCESS.application).for_django(),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "worklist:mine"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * environment.number("OPENMAPPA_SESSION_HOURS", 12, at_least=1)
SESSION_COOKIE_NAME = "openmappa_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not OPENMAPPA_DEMO
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "openmappa.ui.views.csrf_failure"

# Behind a proxy that ends TLS and sets X-Forwarded-Proto; never trusted unless said so.
if environment.boolean("OPENMAPPA_BEHIND_TLS_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [folder for folder in [VAR / "assets"] if folder.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("OPENMAPPA_LOG_LEVEL", "WARNING")},
}
