"""A form field as it stands on the page: the right component, tied to its label, hint and error."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.utils import timezone
from jinja2 import UndefinedError

from openmappa.ui import fields
from openmappa.ui.date_fields import DateInputField, RecentDateField
from openmappa.ui.forms import CaseForm, CheckboxesField, Form, LongTextField, RadioField, YesNoField
from tests.ui.conftest import Render
from tests.ui.markup import tags, texts


class Visit(CaseForm):
    """A form with every sort of field."""

    visited_on = RecentDateField(label="Date of visit")
    outcome = RadioField(label="Outcome", choices=[("seen", "Seen"), ("not_seen", "Not seen")])
    announced = YesNoField(label="Was the visit announced?", required=False)
    observed = LongTextField(label="What was observed", required=False, max_length=200)
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    born_on = DateInputField(label="Date of birth")
    pnc = forms.CharField(label="PNC number", help_text="Like 04/123456A")
    unit = forms.ChoiceField(label="Unit", choices=[("", "Choose"), ("Northshire", [("a", "North"), ("b", "South")])])
    months = forms.IntegerField(label="Months")
    topics = CheckboxesField(label="Topics", choices=[("home", "Home"), ("work", "Work")], required=False)
    sure = forms.BooleanField(label="I have checked this", help_text="Look twice")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    scan = forms.FileField(label="Letter", required=False)


def params(form: Form, name: str, **options: Any) -> tuple[str, dict[str, Any]]:
    return fields.component(form[name], **options)


@pytest.mark.parametrize(
    ("name", "component"),
    [
        ("visited_on", "radios"),
        ("outcome", "radios"),
        ("announced", "radios"),
        ("observed", "character-count"),
        ("note", "textarea"),
        ("born_on", "date-input"),
        ("pnc", "input"),
        ("unit", "select"),
        ("months", "input"),
        ("topics", "checkboxes"),
        ("sure", "checkboxes"),
        ("password", "password-input"),
        ("scan", "file-upload"),
    ],
)
def test_each_sort_of_field_has_its_component(name: str, component: str) -> None:
    assert params(Visit(), name)[0] == component


def test_a_field_with_an_error_shows_label_hint_error_and_what_was_typed(render: Render) -> None:
    html = render("{{ field(form.pnc, width=20) }}", form=Visit({"pnc": ""}))
    (entry,) = tags(html, "input")
    assert entry == {
        "aria-describedby": "id_pnc-hint id_pnc-error",
        "class": "govuk-input govuk-input--width-20 govuk-input--error",
        "id": "id_pnc",
        "name": "pnc",
        "type": "text",
        "value": "",
    }
    assert texts(html) == "PNC number Like 04/123456A Error: Enter the PNC number"


def test_what_was_typed_is_escaped(render: Render) -> None:
    html = render("{{ field(form.pnc) }}{{ field(form.observed) }}", form=Visit({"pnc": '"><b>', "observed": "<i>"}))
    assert "<b>" not in html and "<i>" not in html
    assert tags(html, "input")[0]["value"] == '"><b>'


def test_an_optional_field_says_so_unless_told_not_to() -> None:
    assert params(Visit(), "observed")[1]["label"]["text"] == "What was observed (optional)"
    assert params(Visit(), "observed", optional=False)[1]["label"]["text"] == "What was observed"
    assert params(Visit(), "observed", label="Seen")[1]["label"]["text"] == "Seen"
    assert params(Visit(), "pnc")[1]["label"]["text"] == "PNC number"


def test_radios_keep_the_choice_and_show_what_belongs_to_it(render: Render) -> None:
    conditional = "conditional={'seen': field(form.observed)}"
    source = "{{ field(form.outcome, hints={'not_seen': 'Nobody in'}, " + conditional + ") }}"
    html = render(source, form=Visit({"outcome": "seen", "observed": "All well"}))
    assert [(box["value"], "checked" in box) for box in tags(html, "input")] == [
        ("seen", True),
        ("not_seen", False),
    ]
    assert tags(html, "input")[0]["data-aria-controls"] == "conditional-id_outcome"
    assert "Nobody in" in html and "All well</textarea>" in html


def test_a_select_opens_out_groups_and_keeps_the_choice() -> None:
    items = params(Visit({"unit": "b"}), "unit")[1]["items"]
    assert [(item["value"], item["text"], item["selected"]) for item in items] == [
        ("", "Choose", False),
        ("a", "North", False),
        ("b", "South", True),
    ]


def test_checkboxes_keep_every_choice() -> None:
    items = params(Visit({"topics": ["home", "work"]}), "topics", small=True)[1]["items"]
    assert [item["checked"] for item in items] == [True, True]


def test_a_divider_stands_before_the_last_choice() -> None:
    items = params(Visit(), "outcome", divider="or")[1]["items"]
    assert [item.get("divider", item.get("value")) for item in items] == ["seen", "or", "not_seen"]


def test_checkboxes_start_with_none_chosen_when_nothing_was_sent() -> None:
    items = params(Visit({"pnc": "1"}), "topics", conditional={"home": "more"})[1]["items"]
    assert [(item["checked"], item.get("conditional")) for item in items] == [(False, {"html": "more"}), (False, None)]


def test_one_checkbox_is_ticked_when_it_was() -> None:
    assert params(Visit({"sure": "on"}), "sure")[1]["items"][0]["checked"] is True
    (item,) = params(Visit({}), "sure", small=True)[1]["items"]
    assert (item["checked"], item["hint"]) == (False, {"text": "Look twice"})


def test_a_password_is_never_sent_back(render: Render) -> None:
    html = render("{{ field(form.password) }}", form=Visit({"password": "made-up-secret"}))
    assert "made-up-secret" not in html


def test_a_number_asks_for_the_number_keys(render: Render) -> None:
    html = render("{{ field(form.months, suffix='months') }}", form=Visit({"months": "x"}))
    assert tags(html, "input")[0]["inputmode"] == "numeric"
    assert texts(html) == "Months Error: Months must be a whole number months"


def test_only_the_wrong_box_of_a_date_is_marked(render: Render) -> None:
    form = Visit({"born_on-day": "31", "born_on-month": "2", "born_on-year": "2003"})
    html = render("{{ field(form.born_on) }}", form=form)
    assert [(box["value"], "govuk-input--error" in box["class"]) for box in tags(html, "input")] == [
        ("31", True),
        ("2", False),
        ("2003", False),
    ]


def test_every_box_of_an_empty_date_is_marked(render: Render) -> None:
    html = render("{{ field(form.born_on) }}", form=Visit({"pnc": "1"}))
    assert ["govuk-input--error" in box["class"] for box in tags(html, "input")] == [True] * 3


def test_a_date_to_start_with_stands_in_the_boxes(render: Render) -> None:
    html = render("{{ field(form.born_on, birth=true) }}", form=Visit(initial={"born_on": date(1971, 5, 3)}))
    assert [(box["value"], box["autocomplete"]) for box in tags(html, "input")] == [
        ("3", "bday-day"),
        ("5", "bday-month"),
        ("1971", "bday-year"),
    ]


def test_a_recent_date_offers_today_yesterday_and_another_day(render: Render) -> None:
    today = timezone.localdate()
    html = render("{{ field(form.visited_on, small=true) }}", form=Visit(initial={"visited_on": today}))
    radios = [box for box in tags(html, "input") if box["type"] == "radio"]
    assert [(box["id"], "checked" in box) for box in radios] == [
        ("id_visited_on", True),
        ("id_visited_on-2", False),
        ("id_visited_on-3", False),
    ]
    assert radios[0]["value"] == today.isoformat()
    assert [box["id"] for box in tags(html, "input") if box["type"] == "text"] == [
        "id_visited_on-day",
        "id_visited_on-month",
        "id_visited_on-year",
    ]


def test_the_error_summary_links_each_error_to_the_box_at_fault(render: Render) -> None:
    form = Visit({"visited_on": "another", "visited_on-day": "1", "visited_on-year": "2004", "born_on-day": "1"})
    html = render("{{ error_summary(form) }}", form=form)
    assert [link["href"] for link in tags(html, "a")] == [
        "#id_visited_on-month",
        "#id_outcome",
        "#id_born_on-month",
        "#id_pnc",
        "#id_unit",
        "#id_months",
        "#id_sure",
        "#id_password",
    ]
    assert texts(html).startswith("There is a problem Date of visit must include a month Select the outcome")


def test_a_date_with_nothing_chosen_links_to_its_first_choice() -> None:
    form = Visit({})
    assert fields.first_at_fault(form["visited_on"]) == "id_visited_on"
    assert fields.first_at_fault(form["born_on"]) == "id_born_on-day"


def test_an_error_of_the_whole_form_comes_first_and_one_of_a_hidden_field_has_no_link() -> None:
    form = CaseForm({"version": "x"})
    form.refuse(None, "The case is closed")
    assert fields.errors(form) == [{"text": "The case is closed"}, {"text": "Version must be a whole number"}]


def test_no_error_makes_no_summary(render: Render) -> None:
    assert render("{{ error_summary(form) }}", form=Visit()) == ""


def test_hidden_fields_carry_version_and_submission_and_leave_out_what_is_empty(render: Render) -> None:
    html = render("{{ hidden_fields(form) }}", form=Visit(initial={"version": 3}))
    assert [(box["name"], box["type"]) for box in tags(html, "input")] == [
        ("submission", "hidden"),
        ("version", "hidden"),
    ]
    assert tags(html, "input")[1]["value"] == "3"


def test_fields_of_prefixed_forms_have_ids_of_their_own() -> None:
    first, second = Visit(prefix="a")["pnc"], Visit(prefix="b")["pnc"]
    assert [fields.component(bound)[1]["id"] for bound in (first, second)] == ["id_a-pnc", "id_b-pnc"]


def test_a_missing_name_stops_the_page_and_a_missing_option_does_not(render: Render) -> None:
    assert render("{{ row.note }}{{ 'x' if row.note }}{% for x in row.items_left %}{% endfor %}", row={}) == ""
    assert render("{{ 'x' if officer.name }}", officer=None) == ""
    for source in (
        "{{ nobody }}",
        "{% if nobody %}{% endif %}",
        "{{ form.nobody_at_all }}",
        "{% for x in nobody %}{% endfor %}",
    ):
        with pytest.raises(UndefinedError):
            render(source, form=object())
