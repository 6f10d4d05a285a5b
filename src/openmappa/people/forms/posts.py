"""Adding a person, and giving somebody another post."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from openmappa.accounts.forms import ADDRESS
from openmappa.accounts.models import Area, Unit, User
from openmappa.core.access import ROLES, Rank, Role
from openmappa.core.posts import RANKS_OF_AGENCY
from openmappa.people.forms.versions import REASON, PersonForm
from openmappa.people.queries.people import areas_of, roles_of, units_of
from openmappa.people.services.posts import Post
from openmappa.ui.forms import LongTextField, RadioField

USERNAME = RegexValidator(
    r"\A[a-z0-9][a-z0-9._-]*\Z",
    "User name must be made of small letters, digits, dots, dashes and underlines, like a.sampleton",
    code="not_a_user_name",
)


class PostForm(PersonForm):
    """What somebody holds: name, role, rank, unit, area. Offers what the administrator's agency has."""

    full_name = forms.CharField(label="Full name", max_length=150)
    role = RadioField(label="Role")
    rank = forms.ChoiceField(label="Rank or grade")
    unit = forms.ChoiceField(label="Unit", required=False)
    area = forms.ChoiceField(label="Area", required=False)
    reason = LongTextField(**REASON)

    def __init__(self, by: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = {str(unit.pk): unit for unit in units_of(by)}
        self.areas = {str(area.pk): area for area in areas_of(by)}
        self._offer("role", [(role.value, role.label) for role in roles_of(by)])
        self._offer("rank", [(rank.value, rank.label) for rank in RANKS_OF_AGENCY[by.agency.kind]])
        self._offer("unit", [("", "No unit"), *_named(list(self.units.values()))])
        self._offer("area", [("", "The unit’s area, or none"), *_named(list(self.areas.values()))])

    @property
    def hints(self) -> dict[str, str]:
        """What each role opens, below its radio button."""
        return {role.value: facts.sentence for role, facts in ROLES.items()}

    @property
    def post(self) -> Post:
        """The post that was chosen, once the form is valid."""
        chosen = self.cleaned_data
        return Post(
            " ".join(chosen["full_name"].split()),
            Role(chosen["role"]),
            Rank(chosen["rank"]),
            self.units.get(chosen["unit"]),
            self.areas.get(chosen["area"]),
        )

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)


class AddPerson(PostForm):
    """Somebody who joins: a user name besides the post."""

    username = forms.CharField(label="User name", max_length=60, validators=[USERNAME])
    email = forms.EmailField(**ADDRESS)
    field_order = ("full_name", "username", "email", "role", "rank", "unit", "area", "reason")

    def clean_username(self) -> str:
        """Without spaces around it."""
        return str(self.cleaned_data["username"]).strip()


def post_as_initial(person: User) -> dict[str, str]:
    """What a form about this person's post starts with."""
    return {
        "full_name": person.full_name,
        "role": person.role,
        "rank": person.rank,
        "unit": str(person.unit_id or ""),
        "area": "" if person.unit_id else str(person.area_id or ""),
    }


def _named(places: Sequence[Unit | Area]) -> list[tuple[str, str]]:
    return [(str(place.pk), place.name) for place in places]
