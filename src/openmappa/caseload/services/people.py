"""The areas and people that a caseload file names: found, or added without a password (decision 0004)."""

from django.contrib.auth.hashers import make_password

from openmappa.accounts.models import Agency, Area, Unit, User
from openmappa.core.access import Role, Service

ROLE_OF_SLOT = {"police_officer": Role.POLICE_OFFICER, "case_manager": Role.CASE_MANAGER}
SERVICE_OF_SLOT = {"police_officer": Service.POLICE, "case_manager": Service.PROBATION}


class Staffing:
    """Areas and people by the short names of a file. What is missing is added when it is first asked for.

    Holds every area and person asked for so far: some thousands at most, whatever the number of cases.
    """

    def __init__(self) -> None:
        self.areas_added: list[Area] = []
        self.people_added: list[User] = []
        self._areas: dict[str, Area] = {}
        self._units: dict[tuple[str, Service], Unit] = {}
        self._people: dict[str, User] = {}

    def area(self, code: str, force: str) -> Area:
        """The area of this code, added with its two agencies and their units where the record has none."""
        if code not in self._areas:
            area, added = Area.objects.get_or_create(code=code, defaults={"name": named(code), "force": force})
            if added:
                self.areas_added.append(area)
            self._areas[code] = area
            for service in Service:
                self._units[code, service] = unit_of(area, service)
        return self._areas[code]

    def person(self, username: str, slot: str, area: Area) -> User:
        """The person of this sign-in name, added in the role of ``slot`` where the record has none."""
        if username not in self._people:
            unit = self._units[area.code, SERVICE_OF_SLOT[slot]]
            person, added = User.objects.select_related("unit").get_or_create(
                username=username,
                defaults={
                    "full_name": username,
                    "agency": unit.agency,
                    "area": area,
                    "unit": unit,
                    "role": ROLE_OF_SLOT[slot],
                    "password": make_password(None),
                },
            )
            if added:
                self.people_added.append(person)
            self._people[username] = person
        return self._people[username]

    def unit_for(self, service: Service, person: User | None, area: Area) -> Unit:
        """The unit that answers for a case: that of the person who holds it, else the area's own of the service."""
        return (person.unit if person else None) or self._units[area.code, service]


def unit_of(area: Area, service: Service) -> Unit:
    """The unit that an area's police or probation people belong to when nobody has said which; added where missing."""
    code = f"{area.code}-{service.value}"
    name = f"{area.name} {service.value.capitalize()}"
    agency, _ = Agency.objects.get_or_create(code=code, defaults={"name": name, "kind": service.value})
    unit, _ = Unit.objects.get_or_create(
        code=code, defaults={"name": f"{name} public protection unit", "agency": agency, "area": area}
    )
    return unit


def named(code: str) -> str:
    """An area's name from its short name: "north-shire" is "North Shire"."""
    return code.replace("-", " ").replace("_", " ").title()
