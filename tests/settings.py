"""The settings of the tests: the service's own, on a database and a secret of their own."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.setdefault("OPENMAPPA_VAR", str(ROOT / "var")))
os.environ["OPENMAPPA_DEMO"] = "yes"
os.environ["OPENMAPPA_SECRET_KEY"] = "only-for-tests"
os.environ.setdefault("OPENMAPPA_POSTGRES", str(VAR / "test-postgres"))
os.environ.setdefault("OPENMAPPA_POSTGRES_DURABLE", "no")
os.environ["OPENMAPPA_DB_ROLE"] = "jobs"

from openmappa.config.settings import *  # noqa: E402, F403
from openmappa.config.settings import DATABASE_ACCESS, DATABASES  # noqa: E402

# What tests build by hand, they build as a job; every request of theirs is a person's, as row-level security sees it.
DATABASES["default"] |= DATABASE_ACCESS.jobs.stating_job("tests").for_django()

STATIC_ROOT = VAR / "test-static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a hundred times faster, and only here
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
