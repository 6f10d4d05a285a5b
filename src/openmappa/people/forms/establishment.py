"""Entering a unit's posts, and voiding an entry."""

from collections.abc import Sequence
from typing import Any

from django import forms

from openmappa.core.access import Role
from openmappa.core.inspection.establishment import MOST_POSTS
from openmappa.ui.date_fields import DateInputField
from openmappa.ui.forms import LongTextField, RadioField, SeenForm

ONE_DECIMAL = f"Posts must be a number of at most {MOST_POSTS} with one decimal at most, like 4.5"


class UnitForm(SeenForm):
    """A form on a unit's posts, which others may change meanwhile."""

    def renew(self, version: int) -> None:
        """Once somebody has been told of what others did: the page is shown again with it, the answers are kept."""
        if self.is_bound and self.non_field_errors():
            self.data = {**{name: self.data.get(name) for name in self.data}, "version": str(version)}


class PostsForm(UnitForm):
    """How many posts of a role there are, from when on, and why. No number ends them."""

    role = RadioField(label="Role")
    posts = forms.DecimalField(
        label="Posts",
        required=False,
        max_digits=4,
        decimal_places=1,
        min_value=0,
        max_value=MOST_POSTS,
        error_messages=dict.fromkeys(("max_decimal_places", "max_digits", "max_whole_digits"), ONE_DECIMAL),
    )
    from_on = DateInputField(label="First day")
    reason = LongTextField(
        label="Reason", max_length=1000, error_messages={"required": "Enter the reason: who decided it, and when"}
    )

    def __init__(self, roles: Sequence[Role], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(role.value, role.label) for role in roles]

    @property
    def answers(self) -> dict[str, Any]:
        """What ``enter_posts`` takes, once the form is valid."""
        chosen = self.cleaned_data
        kept = {name: chosen[name] for name in ("posts", "from_on", "reason")}
        return {**kept, "role": Role(chosen["role"]), "seen": self.seen}


class VoidPostsForm(UnitForm):
    """What was wrong."""

    reason = LongTextField(
        label="What is wrong with it?",
        max_length=1000,
        error_messages={"required": "Say what is wrong with it: it stays beside the entry"},
    )
