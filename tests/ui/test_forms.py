"""Every refusal is a sentence, what was typed stays, and a form on a case knows when the case moved on."""

import uuid

import pytest
from django import forms

from openmappa.ui.forms import CaseForm, CheckboxesField, Form, LongTextField, RadioField, YesNoField


class Everything(Form):
    """One field of every sort."""

    name = forms.CharField(label="Name on the record", max_length=5, min_length=2)
    months = forms.IntegerField(min_value=1, max_value=12, label="Months between visits")
    hours = forms.DecimalField(label="Hours")
    outcome = RadioField(label="Outcome", choices=[("seen", "Seen"), ("refused", "Refused")])
    announced = YesNoField(label="Was the visit announced?")
    topics = CheckboxesField(label="Topics", choices=[("home", "Home")])
    sure = forms.BooleanField(label="I have checked this")
    observed = LongTextField(label="What was observed", max_length=10)
    email = forms.EmailField(label="Email address", error_messages={"required": "Write an email address"})
    no_label = forms.CharField()


def test_what_is_missing_is_asked_for_by_its_label() -> None:
    assert {name: messages[0] for name, messages in Everything({}).errors.items()} == {
        "name": "Enter the name on the record",
        "months": "Enter the months between visits",
        "hours": "Enter the hours",
        "outcome": "Select the outcome",
        "announced": "Answer the question “Was the visit announced?”",
        "topics": "Select the topics",
        "sure": "Tick “I have checked this” to go on",
        "observed": "Enter what was observed",
        "email": "Write an email address",
        "no_label": "Enter the no label",
    }


def test_what_is_wrong_is_said_with_its_limit() -> None:
    sent = {
        "name": "x" * 6,
        "months": "13",
        "hours": "many",
        "outcome": "vanished",
        "announced": "perhaps",
        "topics": ["car"],
        "sure": "on",
        "observed": "12345678901",
        "email": "nobody",
        "no_label": "a\x00b",
    }
    assert {name: list(messages) for name, messages in Everything(sent).errors.items()} == {
        "name": ["Name on the record must be 5 characters or fewer, not 6"],
        "months": ["Months between visits must be 12 or less"],
        "hours": ["Hours must be a number"],
        "outcome": ["Select the outcome"],
        "announced": ["Answer the question “Was the visit announced?”"],
        "topics": ["Select the topics"],
        "observed": ["What was observed must be 10 characters or fewer, not 11"],
        "email": ["Email address must be an email address, like name@example.org"],
        "no_label": ["No label has a character that cannot be kept: type it again"],
    }


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("0", "Months between visits must be 1 or more"), ("x", "Months between visits must be a whole number")],
)
def test_a_number_outside_its_shape_is_refused(typed: str, sentence: str) -> None:
    assert Everything({"months": typed}).errors["months"] == [sentence]


def test_what_was_typed_is_kept_when_the_form_refuses() -> None:
    form = Everything({"name": "much too long", "months": "x", "announced": "no"})
    assert form.is_valid() is False
    assert [form[name].value() for name in ("name", "months", "announced")] == ["much too long", "x", "no"]


@pytest.mark.parametrize(("sent", "answer"), [("yes", True), ("no", False), ("", None)])
def test_yes_no_or_not_answered(sent: str, answer: bool | None) -> None:
    class Question(Form):
        joint = YesNoField(label="Joint visit?", required=False)

    form = Question({"joint": sent})
    assert form.errors == {}
    assert form.cleaned_data["joint"] is answer


def test_a_yes_to_start_with_is_shown_as_yes() -> None:
    class Question(Form):
        joint = YesNoField(label="Joint visit?")

    assert Question(initial={"joint": True})["joint"].value() == "yes"
    assert Question(initial={"joint": False})["joint"].value() == "no"


def test_a_service_that_refuses_puts_its_sentence_at_the_field_or_at_the_top() -> None:
    form = Everything({})
    form.refuse("name", "That name is taken")
    form.refuse(None, "The case is closed")
    assert form.errors["name"] == ["Enter the name on the record", "That name is taken"]
    assert form.non_field_errors() == ["The case is closed"]


@pytest.mark.parametrize(
    ("sent", "stale"),
    [
        ({"version": "3"}, False),
        ({"version": "2"}, True),
        ({"version": "2", "accept_version": "3"}, False),
        ({"version": "1", "accept_version": "2"}, True),
        ({}, True),
        ({"version": "x"}, True),
    ],
)
def test_a_form_is_stale_until_the_person_accepts_what_changed(sent: dict[str, str], stale: bool) -> None:
    assert CaseForm(sent or {"other": "1"}).is_stale(3) is stale


def test_a_form_that_was_not_sent_is_never_stale() -> None:
    assert CaseForm(initial={"version": 2}).is_stale(3) is False


def test_a_form_sent_twice_has_one_submission_key() -> None:
    key = str(uuid.uuid4())
    assert (
        CaseForm({"submission": key}).submission_key == CaseForm({"submission": key}).submission_key == uuid.UUID(key)
    )


def test_two_opened_forms_have_two_submission_keys() -> None:
    assert CaseForm().submission_key != CaseForm().submission_key
    assert CaseForm({"submission": "none"}).submission_key != CaseForm({"submission": "none"}).submission_key
