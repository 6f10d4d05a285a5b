"""``openmappa manage add_administrator --agency CODE --username NAME --name "FULL NAME"``"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from openmappa.accounts.models import Agency
from openmappa.people.errors import NotChanged
from openmappa.people.services.starting import start_agency


class Command(BaseCommand):
    help = (
        "Give an agency an administrator, and print the code that they choose a password with. For the first one, and "
        "for a second one where nobody is there to confirm: everybody else is added on the pages, by two people."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--agency", required=True, help="the agency's short name, as in northshire-police")
        parser.add_argument("--agency-name", default="", help="its whole name, where the record does not have it yet")
        parser.add_argument(
            "--kind", choices=Agency.Kind.values, help="what it is, where the record does not have it yet"
        )
        parser.add_argument("--username", required=True, help="what the administrator signs in with")
        parser.add_argument("--name", required=True, help="the administrator's full name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person, code = start_agency(
                code=options["agency"],
                name=options["agency_name"],
                kind=options["kind"] or "",
                username=options["username"],
                full_name=options["name"],
            )
        except NotChanged as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"{person.full_name} ({person.username}) is an administrator of {person.agency.name}.")
        self.stdout.write(f"Set-up code, for /set-up/, once, within 72 hours: {code}")
