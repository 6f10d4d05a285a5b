"""All settings, in one file.

Every value that differs between machines is read here, once; see docs/how-to/install.md.
"""

from pathlib import Path
from typing import Any

from openmappa.config import environment
from openmappa.config.cluster import Cluster
from openmappa.config.database import embedded_access, url_access
from openmappa.config.mail import mail_settings
from openmappa.signin.agencies import read_agencies

ROOT = Path(__file__).resolve().parents[3]
VAR = environment.path("OPENMAPPA_VAR", ROOT / "var")

# A demonstration on this machine: generated people, a secret of its own, sign-in over plain http.
OPENMAPPA_DEMO = environment.boolean("OPENMAPPA_DEMO")
OPENMAPPA_SYNTHETIC = OPENMAPPA_DEMO
OPENMAPPA_MARKING = environment.text("OPENMAPPA_MARKING", "OFFICIAL-SENSITIVE")  # stands on every page and print
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
    "allauth.account",
    "allauth.mfa",
    "openmappa.audit",
    "openmappa.ui",
    "openmappa.accounts",
    "openmappa.signin",
    "openmappa.notices",
    "openmappa.cases",
    "openmappa.notes",
    "openmappa.timeline",
    "openmappa.past",
    "openmappa.visits",
    "openmappa.orders",
    "openmappa.assessments",
    "openmappa.oasys",
    "openmappa.actions",
    "openmappa.plans",
    "openmappa.referrals",
    "openmappa.meetings",
    "openmappa.minutes",
    "openmappa.transfers",
    "openmappa.movements",
    "openmappa.further_offences",
    "openmappa.samples",
    "openmappa.emergency",
    "openmappa.involved",
    "openmappa.retention",
    "openmappa.people",
    "openmappa.oversight",
    "openmappa.line_management",
    "openmappa.coordination",
    "openmappa.board",
    "openmappa.annual_report",
    "openmappa.workload",
    "openmappa.case_audits",
    "openmappa.good_practice",
    "openmappa.worklist",
    "openmappa.findings",
    "openmappa.assessing",
    "openmappa.interviews",
    "openmappa.inspections",
    "openmappa.caseload",
]
MIDDLEWARE = [
    "openmappa.ui.middleware.browser_rules",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "openmappa.signin.middleware.keeps_the_session",
    "openmappa.accounts.middleware.acts_for_the_reader",
    "openmappa.oasys.middleware.OnlyWhatWasHandedOver",
    "openmappa.ui.middleware.SignInRequired",
    "openmappa.signin.middleware.AsksForSecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "openmappa.oversight.middleware.ReadingLog",
]
ROOT_URLCONF = "openmappa.config.urls"
WSGI_APPLICATION = "openmappa.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "openmappa.ui.jinja.Templates",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "openmappa.ui.jinja.environment",
            "context_processors": [
                "openmappa.notices.queries.for_the_header",
                "openmappa.involved.queries.for_lists",
                "openmappa.assessments.queries.for_the_front_sheet",
                "openmappa.oasys.queries.front_sheet.for_the_front_sheet",
                "openmappa.plans.queries.beside.for_the_front_sheet",
                "openmappa.referrals.queries.front_sheet.for_the_front_sheet",
                "openmappa.line_management.queries.reviews.for_the_front_sheet",
                "openmappa.movements.queries.front_sheet.for_the_front_sheet",
                "openmappa.orders.queries.front_sheet.for_the_front_sheet",
                "openmappa.further_offences.queries.front_sheet.for_the_front_sheet",
                "openmappa.line_management.queries.starts.for_duties",
                "openmappa.oasys.queries.around.for_pages",
            ],
        },
    }
]
# What apps have on pages of the layers below them: beside the person's name, at the very end of every page
# (ui/base.html), on the front sheet of a case, within a card or as cards of their own (timeline/front_sheet.html), in
# a print of the case (timeline/print.html), and beside each duty (timeline/duties.html), which is `line` there.
FRAME_PARTS: dict[str, list[str]] = {
    "header_extra": ["notices/header.html"],
    "page_scripts": ["signin/stay.html", "oasys/handed/elsewhere.html"],
    "front_sheet_flags": ["orders/front_sheet.html", "further_offences/front_sheet.html", "movements/front_sheet.html"],
    "print_of_case": ["orders/print.html"],
    "front_sheet_likelihood": ["assessments/front_sheet.html", "oasys/front_sheet_likelihood.html"],
    "front_sheet_harm": ["oasys/front_sheet_harm.html"],
    "front_sheet_mappa": ["referrals/front_sheet.html"],
    "front_sheet_cards": ["plans/front_sheet.html", "line_management/front_sheet.html"],
    "duty_extra": ["line_management/late_duty.html"],
}

# What apps above the meetings know for an agenda: functions of a meeting and its reader, which give the lines of items.
AGENDA_PARTS: list[str] = ["openmappa.minutes.queries.agenda.last_decisions"]

# Emergency access ("break-glass"): how long a case stays open to somebody who is not involved in it.
OPENMAPPA_BREAK_GLASS_HOURS = environment.number("OPENMAPPA_BREAK_GLASS_HOURS", 8, at_least=1)

# Database: embedded unless DATABASE_URL names a server. The application's login is the default; commands of
# `openmappa` set OPENMAPPA_DB_ROLE=jobs; owner is for work on the tables by hand (migrate and flush become the
# owner by themselves).
POSTGRES_FOLDER = environment.path("OPENMAPPA_POSTGRES", VAR / "postgres")
DATABASE_IS_DURABLE = environment.boolean("OPENMAPPA_POSTGRES_DURABLE", default=True)
DATABASE_URL = environment.secret("DATABASE_URL")  # an address holds a password
DATABASE_ACCESS = (
    url_access(DATABASE_URL, environment.secret("DATABASE_OWNER_URL"))
    if DATABASE_URL
    else embedded_access(POSTGRES_FOLDER, Cluster(POSTGRES_FOLDER, durable=DATABASE_IS_DURABLE).socket_folder)
)
DATABASE_ROLE = environment.choice("OPENMAPPA_DB_ROLE", ("app", "jobs", "owner"), "app")
DATABASE_LOGINS = {"app": DATABASE_ACCESS.application, "jobs": DATABASE_ACCESS.jobs, "owner": DATABASE_ACCESS.owner}
DATABASES = {
    "default": {
        "ENGINE": "openmappa.config.backend",
        **DATABASE_LOGINS[DATABASE_ROLE].for_django(),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
# Backups: the folder they are kept in, and the public keys of age that they are encrypted for.
OPENMAPPA_BACKUPS = environment.path("OPENMAPPA_BACKUPS", None)
OPENMAPPA_BACKUP_RECIPIENTS = environment.words("OPENMAPPA_BACKUP_RECIPIENTS", ())
# How much somebody may read (core/reading_limits.py): 2 doubles every limit, for load tests or where it is tight.
OPENMAPPA_READING_LIMITS_FACTOR = environment.number("OPENMAPPA_READING_LIMITS_FACTOR", 1, at_least=1)
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

# Signing in; see docs/how-to/sign-in.md.
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "openmappa.signin.passwords.Length",
        "OPTIONS": {"min_length": environment.number("OPENMAPPA_PASSWORD_LENGTH", 12, at_least=8)},
    },
    {"NAME": "openmappa.signin.passwords.NotAboutYou"},
    {"NAME": "openmappa.signin.passwords.NotCommon"},
    {"NAME": "openmappa.signin.passwords.NotBreached"},
]
OPENMAPPA_BREACHED_PASSWORDS = environment.file("OPENMAPPA_BREACHED_PASSWORDS")
OPENMAPPA_MFA_REQUIRED = environment.boolean("OPENMAPPA_MFA_REQUIRED", default=not OPENMAPPA_DEMO)
OPENMAPPA_AGENCIES = read_agencies(environment.file("OPENMAPPA_OIDC_FILE"))
OPENMAPPA_IDLE_MINUTES = environment.number("OPENMAPPA_IDLE_MINUTES", 15, at_least=1)
OPENMAPPA_STEP_UP_MINUTES = environment.number("OPENMAPPA_STEP_UP_MINUTES", 15, at_least=1)
OPENMAPPA_LOCK_AFTER = environment.number("OPENMAPPA_LOCK_AFTER", 5, at_least=3)
OPENMAPPA_LOCK_ADDRESS_AFTER = environment.number("OPENMAPPA_LOCK_ADDRESS_AFTER", 50, at_least=10)
OPENMAPPA_LOCK_MINUTES = environment.number("OPENMAPPA_LOCK_MINUTES", 15, at_least=1)
OPENMAPPA_PROXIES = environment.number(
    "OPENMAPPA_PROXIES", 1 if environment.boolean("OPENMAPPA_BEHIND_TLS_PROXY") else 0, at_least=0
)
SECRET_KEY_FALLBACKS = environment.secret("OPENMAPPA_OLD_SECRET_KEYS").split()
MFA_ADAPTER = "openmappa.signin.adapter.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up; without this allauth asks for e-mail addresses
ACCOUNT_EMAIL_VERIFICATION = "none"

# Behind a proxy that ends TLS and sets X-Forwarded-Proto; never trusted unless said so.
if environment.boolean("OPENMAPPA_BEHIND_TLS_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Files that are attached: how large, and the virus scanner that each is given on its standard input (0 means clean).
# They are received in memory and kept in the database: none is ever written to this machine's disk.
OPENMAPPA_UPLOAD_MEGABYTES = environment.number("OPENMAPPA_UPLOAD_MEGABYTES", 10, at_least=1)
OPENMAPPA_SCAN_COMMAND = environment.text("OPENMAPPA_SCAN_COMMAND")
FILE_UPLOAD_HANDLERS = ["openmappa.notes.uploads.receiving.InMemory"]

# Messages that there is something to read here; they hold nothing of any case (docs/how-to/notices.md).
OPENMAPPA_EMAIL_URL = environment.secret("OPENMAPPA_EMAIL_URL") or (f"file:{VAR / 'mail'}" if OPENMAPPA_DEMO else "")
OPENMAPPA_ADDRESS = environment.web_address("OPENMAPPA_ADDRESS", "http://127.0.0.1:8000" if OPENMAPPA_DEMO else "")
OPENMAPPA_DIGEST_HOUR = environment.number("OPENMAPPA_DIGEST_HOUR", 7, at_least=0)
DEFAULT_FROM_EMAIL = environment.text("OPENMAPPA_EMAIL_FROM", "openmappa@localhost")
globals().update(mail_settings(OPENMAPPA_EMAIL_URL))

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

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "openmappa.config.logs.Line",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "bare": {"format": "%(message)s"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("OPENMAPPA_LOG_LEVEL", "WARNING")},
    "loggers": {},
}
# Every event of the audit log as a line of JSON besides, for a system that watches: a file, or - for standard output.
OPENMAPPA_AUDIT_LOG = environment.text("OPENMAPPA_AUDIT_LOG")
if OPENMAPPA_AUDIT_LOG:
    to = {"class": "logging.StreamHandler", "stream": "ext://sys.stdout"}
    if OPENMAPPA_AUDIT_LOG != "-":
        to = {"class": "logging.handlers.WatchedFileHandler", "filename": OPENMAPPA_AUDIT_LOG}
    LOGGING["handlers"]["audit"] = {**to, "formatter": "bare"}
    LOGGING["loggers"]["openmappa.audit"] = {"handlers": ["audit"], "level": "INFO", "propagate": False}
