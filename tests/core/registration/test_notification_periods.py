"""Notification periods: every row of section 82, halving under 18, the last day, and what is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.answers import AnswersRefused
from openmappa.core.packs.load import load_registration
from openmappa.core.packs.registration_rules import WITH_LENGTH, DisposalKind
from openmappa.core.registration.periods import Disposal, NotificationPeriod, last_day, notification_period

RULES = load_registration("england-wales-2005")
FIRST_OF_MARCH = date(2005, 3, 1)


def period(
    kind: DisposalKind, months: int | None = None, days: int = 0, *, age: int = 30, on: date = FIRST_OF_MARCH
) -> NotificationPeriod:
    return notification_period(Disposal(kind, months, days), relevant_on=on, age=age, rules=RULES)


ROWS = [
    (Disposal(DisposalKind.INDETERMINATE), "indefinite", "indefinite"),
    (Disposal(DisposalKind.IMPRISONMENT, 30), "indefinite", "indefinite"),
    (Disposal(DisposalKind.IMPRISONMENT, 60), "indefinite", "indefinite"),
    (Disposal(DisposalKind.IMPRISONMENT, 29, 30), "10 years", "5 years"),
    (Disposal(DisposalKind.IMPRISONMENT, 6, 1), "10 years", "5 years"),
    (Disposal(DisposalKind.IMPRISONMENT, 6), "7 years", "3 years 6 months"),
    (Disposal(DisposalKind.IMPRISONMENT, 0, 14), "7 years", "3 years 6 months"),
    (Disposal(DisposalKind.HOSPITAL_RESTRICTED), "indefinite", "indefinite"),
    (Disposal(DisposalKind.HOSPITAL), "7 years", "3 years 6 months"),
    (Disposal(DisposalKind.CAUTION), "2 years", "1 year"),
    (Disposal(DisposalKind.CONDITIONAL_DISCHARGE, 12), "1 year", "1 year"),
    (Disposal(DisposalKind.CONDITIONAL_DISCHARGE, 36), "3 years", "3 years"),
    (Disposal(DisposalKind.OTHER), "5 years", "2 years 6 months"),
]


@pytest.mark.parametrize(("disposal", "adult", "_young"), ROWS)
def test_the_period_of_an_adult_follows_section_82(disposal: Disposal, adult: str, _young: str) -> None:
    found = notification_period(disposal, relevant_on=FIRST_OF_MARCH, age=18, rules=RULES)
    assert (found.length, found.halved) == (adult, False)


@pytest.mark.parametrize(("disposal", "adult", "young"), ROWS)
def test_under_18_ten_seven_five_and_two_years_are_halved_and_nothing_else(
    disposal: Disposal, adult: str, young: str
) -> None:
    found = notification_period(disposal, relevant_on=FIRST_OF_MARCH, age=17, rules=RULES)
    assert (found.length, found.halved) == (young, adult != young)


def test_every_disposal_has_a_row_above() -> None:
    assert {disposal.kind for disposal, _, _ in ROWS} == set(DisposalKind)


@pytest.mark.parametrize(
    ("begins_on", "months", "ends_on"),
    [
        (date(2004, 3, 1), 120, date(2014, 2, 28)),
        (date(2005, 3, 1), 84, date(2012, 2, 29)),
        (date(2004, 5, 1), 24, date(2006, 4, 30)),
        (date(2005, 1, 1), 60, date(2009, 12, 31)),
        (date(2004, 2, 29), 60, date(2009, 2, 28)),
        (date(2004, 2, 29), 48, date(2008, 2, 28)),
        (date(2005, 8, 31), 42, date(2009, 2, 28)),
        (date(2005, 8, 28), 42, date(2009, 2, 27)),
    ],
)
def test_a_period_counts_its_first_day_and_ends_the_day_before_the_same_date(
    begins_on: date, months: int, ends_on: date
) -> None:
    assert last_day(begins_on, months) == ends_on


def test_a_conditional_discharge_of_6_months_and_10_days_counts_its_days_after_its_months() -> None:
    found = period(DisposalKind.CONDITIONAL_DISCHARGE, 6, 10)
    assert (found.ends_on, found.length) == (date(2005, 9, 10), "6 months 10 days")


def test_a_discharge_of_1_day_ends_on_the_relevant_date() -> None:
    assert period(DisposalKind.CONDITIONAL_DISCHARGE, 0, 1).ends_on == FIRST_OF_MARCH


DAYS = st.dates(date(1997, 9, 1), date(2060, 12, 31))


@st.composite
def disposals(draw: st.DrawFn) -> Disposal:
    kind = draw(st.sampled_from(DisposalKind))
    if kind not in WITH_LENGTH:
        return Disposal(kind)
    return Disposal(kind, draw(st.integers(1, 35)), draw(st.integers(0, 30)))


@given(disposals(), DAYS, st.integers(18, 90))
def test_under_18_the_period_is_the_adult_one_or_exactly_half_of_it(disposal: Disposal, day: date, age: int) -> None:
    adult = notification_period(disposal, relevant_on=day, age=age, rules=RULES)
    young = notification_period(disposal, relevant_on=day, age=17, rules=RULES)
    if young.halved:
        assert young.months is not None
        assert (young.months * 2, young.days) == (adult.months, 0)
    else:
        assert (young.months, young.days, young.ends_on) == (adult.months, adult.days, adult.ends_on)


@given(st.integers(1, 60), st.integers(0, 30), DAYS, st.integers(10, 90))
def test_a_longer_term_never_gives_a_shorter_period(months: int, days: int, day: date, age: int) -> None:
    shorter = period(DisposalKind.IMPRISONMENT, months, days, age=age, on=day)
    longer = period(DisposalKind.IMPRISONMENT, months + 1, days, age=age, on=day)
    assert (shorter.ends_on or date.max) <= (longer.ends_on or date.max)


@given(DAYS, st.integers(1, 240))
def test_the_day_after_one_period_begins_one_that_ends_no_earlier(day: date, months: int) -> None:
    assert day <= last_day(day, months) < last_day(day, months + 1)
    assert last_day(day, months) <= last_day(day + timedelta(days=1), months)


@given(disposals(), DAYS, st.integers(10, 90))
def test_every_period_says_why_and_where_it_says_so(disposal: Disposal, day: date, age: int) -> None:
    found = notification_period(disposal, relevant_on=day, age=age, rules=RULES)
    assert found.is_indefinite == (found.months is None) == (found.length == "indefinite")
    assert found.begins_on == day
    assert all(reason.sentence.endswith(".") and reason.source.text for reason in found.explanation)


def test_consecutive_terms_of_3_and_10_months_are_13_months_and_give_10_years() -> None:
    """The worked example of the Explanatory Notes to the Bill, clause 84, paragraph 69."""
    found = period(DisposalKind.IMPRISONMENT, 3 + 10)
    assert (found.length, found.ends_on) == ("10 years", date(2015, 2, 28))
    assert not found.rests_on_memory


def test_a_boy_of_16_sentenced_to_4_months_is_told_every_step() -> None:
    found = period(DisposalKind.IMPRISONMENT, 4, age=16)
    assert [(reason.sentence, str(reason.source)) for reason in found.explanation] == [
        (
            "Imprisonment for 6 months or less: registered for 7 years.",
            "Sexual Offences Act 2003, section 82(1)",
        ),
        (
            "Aged 16, so under 18, on the relevant date: half of that, 3 years 6 months.",
            "Sexual Offences Act 2003, section 82(2); Explanatory Notes to the Bill, clause 84, paragraph 69",
        ),
        (
            "3 years 6 months beginning with 1 March 2005, which counts: the last day is 31 August 2008.",
            'Sexual Offences Act 2003, section 82(1): the period is one "beginning with" the relevant date',
        ),
    ]


def test_what_is_not_halved_under_18_says_so() -> None:
    assert [reason.sentence for reason in period(DisposalKind.INDETERMINATE, age=17).explanation] == [
        "Imprisonment for life or another indeterminate sentence: registered indefinitely, from the relevant date.",
        "Aged 17, so under 18, on the relevant date, but an indefinite period is not halved.",
    ]
    assert [reason.sentence for reason in period(DisposalKind.CONDITIONAL_DISCHARGE, 12, age=17).explanation] == [
        "Conditional discharge of 1 year: registered for as long as the discharge lasts.",
        "Aged 17, so under 18, on the relevant date, but the length of a discharge is not halved.",
        "1 year beginning with 1 March 2005, which counts: the last day is 28 February 2006.",
    ]


def test_what_is_remembered_is_marked() -> None:
    assert period(DisposalKind.OTHER).rests_on_memory
    assert str(period(DisposalKind.OTHER).explanation[0].source) == (
        "Sexual Offences Act 2003, section 82(1) (remembered, confidence high: check before relying on it)"
    )
    assert not period(DisposalKind.CAUTION).rests_on_memory


def test_a_relevant_date_before_1_september_1997_comes_with_a_warning() -> None:
    assert len(period(DisposalKind.CAUTION, on=date(1997, 9, 1)).explanation) == 2
    warning = period(DisposalKind.CAUTION, on=date(1997, 8, 31)).explanation[2]
    assert warning.sentence.startswith("The relevant date is before 1 September 1997.")


def refusal(kind: DisposalKind, months: object = None, days: object = 0, age: object = 30) -> dict[str, str]:
    with pytest.raises(AnswersRefused) as refused:
        period(kind, months, days, age=age)  # type: ignore[arg-type]
    assert str(refused.value) == " ".join(refused.value.problems.values())
    return refused.value.problems


def test_imprisonment_without_a_length_is_refused() -> None:
    assert refusal(DisposalKind.IMPRISONMENT) == {
        "months": "Imprisonment: enter its length in months, and days if it has any."
    }
    assert refusal(DisposalKind.IMPRISONMENT, 0) == {
        "months": "Imprisonment: its length cannot be nothing; enter the months and days."
    }
    assert refusal(DisposalKind.IMPRISONMENT, 1201) == {
        "months": "Imprisonment: the months must be a whole number from 0 to 1200, not 1201."
    }


def test_a_length_where_none_belongs_is_refused() -> None:
    wanted = {
        "months": "Caution, reprimand or final warning: leave the length empty; the period does not depend on it."
    }
    assert refusal(DisposalKind.CAUTION, 6) == wanted
    assert refusal(DisposalKind.CAUTION, None, 3) == wanted


def test_a_discharge_of_more_than_36_months_is_refused() -> None:
    assert refusal(DisposalKind.CONDITIONAL_DISCHARGE, 37) == {
        "months": "Conditional discharge: the months must be a whole number from 0 to 36, not 37."
    }
    assert refusal(DisposalKind.CONDITIONAL_DISCHARGE, 36, 1) == {
        "months": "Conditional discharge: it cannot be longer than 36 months."
    }


def test_an_age_under_10_and_31_days_are_refused_together() -> None:
    assert refusal(DisposalKind.IMPRISONMENT, 4, 31, age=9) == {
        "age": "Age on the relevant date must be a whole number from 10 to 120, not 9. Children and Young "
        "Persons Act 1933, section 50: nobody under 10 can be guilty of an offence.",
        "days": "Days must be a whole number from 0 to 30, not 31.",
    }
