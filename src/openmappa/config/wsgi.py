"""The WSGI application that the server runs."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from openmappa.config.environment import SettingsError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmappa.config.settings")
if not settings.HAS_SECRET:
    raise SettingsError(
        "OPENMAPPA_SECRET_KEY is not set, and the service signs its sessions with it. Set it, or set "
        "OPENMAPPA_SECRET_KEY_FILE to a file that holds it. To make one: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
    )
application = get_wsgi_application()
