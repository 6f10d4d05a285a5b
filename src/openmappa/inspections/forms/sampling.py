"""Forms to list cases, to say how a sample is drawn, to draw it, to replace a case and to name joint work."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from openmappa.core.inspection.sample import Minimum, Rules
from openmappa.core.inspection.traits import REPRESENTED, Trait, Whom, value_label
from openmappa.samples.models import Ground
from openmappa.ui.forms import CheckboxesField, Form, LongTextField, RadioField

IN_ORDER = (*REPRESENTED, *(trait for trait in Trait if trait not in REPRESENTED and trait is not Trait.LEVEL))
"""The traits that can be represented, the most important first."""
MINIMA = ("first", "second")


class ListForm(Form):
    """Which cases are listed."""

    whom = RadioField(label="Which cases?", choices=[(each.value, each.label) for each in Whom])

    @property
    def chosen(self) -> Whom:
        """What was selected."""
        return Whom(self.cleaned_data["whom"])


class RulesForm(Form):
    """How many cases are drawn, and what they represent. Sent by GET, so that another size is another look."""

    size = forms.IntegerField(label="How many cases in all", min_value=1)
    at_least = forms.IntegerField(
        label="At least from each area", min_value=1, help_text="All of them, where an area has fewer."
    )
    represent = CheckboxesField(
        label="What the sample represents",
        required=False,
        choices=[(trait.value, trait.label) for trait in IN_ORDER],
        help_text="In this order: the first is represented to within one case, the others as nearly as they can be.",
    )
    joint = forms.IntegerField(label="Joint work: how many an area may name", min_value=0, max_value=20)
    first = forms.ChoiceField(label="At least so many of each area who are", required=False)
    first_number = forms.IntegerField(label="How many of them", required=False, min_value=1)
    second = forms.ChoiceField(label="And at least so many who are", required=False)
    second_number = forms.IntegerField(label="How many of those", required=False, min_value=1)

    def __init__(
        self, query: Mapping[str, Any] | None, *, values: Mapping[str, Sequence[str]], sizes: Mapping[str, int]
    ) -> None:
        whole, least = sum(sizes.values()), min(20, *sizes.values()) if len(sizes) > 1 else 1
        usual = {"size": min(20 * len(sizes), whole), "at_least": max(1, least), "represent": list(REPRESENTED)}
        super().__init__(query, initial={**usual, "joint": 6})
        shown = [
            (f"{trait}={value}", f"{Trait(trait).label}: {value_label(trait, value)}")
            for trait in IN_ORDER
            for value in values.get(trait, ())
        ]
        for name in MINIMA:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "No minimum"), *shown]

    def clean(self) -> dict[str, Any]:
        """A minimum has both its parts."""
        answers: dict[str, Any] = super().clean() or {}
        for name in MINIMA:
            if answers.get(name) and not answers.get(f"{name}_number") and f"{name}_number" not in self.errors:
                self.refuse(f"{name}_number", "Enter how many there must be at least")
        return answers

    @property
    def rules(self) -> Rules:
        """The answers, or what stands in an unsent form, as the core takes them."""
        said = self.cleaned_data if self.is_bound else {**dict.fromkeys(MINIMA), **self.initial}
        chosen = [(*str(said[name]).split("=", 1), said[f"{name}_number"]) for name in MINIMA if said.get(name)]
        minima = [Minimum(str(trait), str(value), int(number)) for trait, value, number in chosen]
        represent = [trait.value for trait in IN_ORDER if trait in said["represent"]]
        return Rules(said["size"], said["at_least"], tuple(represent), tuple(minima), said["joint"])


class DrawForm(Form):
    """The seed, and where it is from."""

    seed = forms.CharField(
        label="Seed",
        max_length=200,
        help_text="Any words or digits, such as the numbers of a public lottery on a day that was agreed before.",
    )
    seed_from = LongTextField(
        label="Where is the seed from, and when was it said?",
        max_length=500,
        help_text="Whoever checks the sample must be able to see that nobody could have chosen it to suit.",
        error_messages={"required": "Say where the seed is from, and when it was said"},
    )


class ReplaceForm(Form):
    """Why a case is replaced."""

    ground = RadioField(label="Why is this case replaced?", choices=Ground.choices)
    words = LongTextField(
        label="More about the reason",
        required=False,
        max_length=1000,
        help_text="It is kept with the case, and read by those who can open it.",
    )

    @property
    def chosen(self) -> Ground:
        """What was selected."""
        return Ground(self.cleaned_data["ground"])


class JointWorkForm(Form):
    """Which cases of an area are its joint work. None is an answer too."""

    keys = CheckboxesField(label="Cases with joint work", required=False)

    def __init__(self, data: Any = None, *, cases: Sequence[tuple[str, str]], named: Sequence[str]) -> None:
        super().__init__(data, initial={"keys": list(named)})
        field = self.fields["keys"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(cases)
