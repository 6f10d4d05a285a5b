"""The WSGI application that the server runs. Outside a demonstration it does not start with anything careless."""

import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

from openmappa.config.deployment import Finding, findings_in_settings
from openmappa.config.deployment_database import findings_in_database, findings_in_reach
from openmappa.config.environment import SettingsError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmappa.config.settings")


def refuse_careless_start() -> None:
    """Raise ``SettingsError`` with everything that stops the start; what is advice alone goes to the log.

    Costs a few queries to the catalogue for each process that serves. The audit log is looked at by openmappa check
    --deploy alone: the service's own login does not see it, and a late seal keeps nobody from a record.
    """
    found = list(findings_in_settings(settings, os.environ))
    if settings.DATABASE_ROLE == "jobs":
        found.append(Finding("OPENMAPPA_DB_ROLE is jobs, which is for commands alone. Take that setting away."))
    if not any(finding.stops for finding in found):
        found += list(findings_in_reach(connection)) or list(findings_in_database(connection))
        connection.close()
    for finding in found:
        if not finding.stops:
            logging.getLogger("openmappa.deployment").warning("%s", finding.said)
    if stopping := [finding.said for finding in found if finding.stops]:
        listed = "\n".join(f"{number}. {said}" for number, said in enumerate(stopping, 1))
        raise SettingsError(f"The service does not start like this:\n{listed}\nTo look again: openmappa check --deploy")


application = get_wsgi_application()
if not settings.OPENMAPPA_DEMO:
    refuse_careless_start()
