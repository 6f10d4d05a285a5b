"""Every kind of fact reads as a sentence that an officer would say."""

from datetime import date

import pytest

from openmappa.core.standards.facts import KINDS, Fact, Value
from openmappa.core.standards.words import LABELS, describe, describe_in_sentence, interval_words, kind_label

DAY = date(2004, 5, 3)

SAID: list[tuple[str, dict[str, Value], str]] = [
    ("order_started", {"order": "community_order"}, "Community order started"),
    ("order_started", {"order": "licence", "ends": date(2005, 1, 31)}, "Licence started, to end on 31 January 2005"),
    ("order_started", {"order": "extended_licence"}, "Extended licence started"),
    ("order_started", {"order": "suspended_sentence"}, "Suspended sentence order started"),
    ("order_ended", {}, "Order or licence ended"),
    ("custody_started", {}, "Taken into custody"),
    ("custody_ended", {}, "Released from custody"),
    ("registered", {}, "Registered indefinitely"),
    ("registered", {"ends": date(2014, 2, 28)}, "Registered until 28 February 2014"),
    ("registration_ended", {}, "Registration ended"),
    ("initial_notification_made", {}, "Initial notification made"),
    ("annual_notification_made", {}, "Annual notification made"),
    ("details_changed", {"what": "address"}, "Details changed: address"),
    ("details_changed", {"what": "travel"}, "Details changed: travel plans"),
    ("details_notified", {"what": "other"}, "Change of details notified: other details"),
    ("rm2000_completed", {"band": "very_high", "rank": "detective_constable"},
     "RM2000 completed: very high likelihood, scored by a detective constable"),
    ("rm2000_completed", {"band": "low", "rank": ""}, "RM2000 completed: low likelihood"),
    ("rm2000_countersigned", {}, "RM2000 countersigned"),
    ("oasys_completed", {"stage": "start"}, "OASys completed, at the start"),
    ("oasys_completed", {"stage": "review", "harm": "high"}, "OASys completed, review: high risk of harm"),
    ("oasys_completed", {"stage": "incident"}, "OASys completed, after an incident"),
    ("oasys_completed", {"stage": "end"}, "OASys completed, at the end"),
    ("harm_level_set", {"level": "very_high"}, "Risk of harm set to very high"),
    ("isp_completed", {}, "Initial supervision plan completed"),
    ("plan_reviewed", {}, "Supervision plan reviewed"),
    ("rmp_completed", {}, "Risk management plan completed"),
    ("rmp_reviewed", {}, "Risk management plan reviewed"),
    ("significant_incident", {}, "Significant incident"),
    ("programme_required", {}, "Programme required"),
    ("programme_started", {}, "Programme started"),
    ("home_visit", {"service": "police", "outcome": "seen", "announced": False, "joint": False},
     "Police home visit, unannounced: seen"),
    ("home_visit", {"service": "probation", "outcome": "refused", "announced": True, "joint": True},
     "Probation home visit, announced, joint with the other service: entry refused"),
    ("home_visit", {"service": "police", "outcome": "not_seen", "announced": False, "joint": False},
     "Police home visit, unannounced: not seen"),
    ("visit_interval_set", {"months": 1}, "Visit interval set to every month"),
    ("visit_interval_set", {"months": 3}, "Visit interval set to every 3 months"),
    ("visit_interval_set", {"months": None}, "Visit interval put back to the force’s table"),
    ("victim_contact_eligible", {}, "Victim entitled to contact"),
    ("victim_unit_referred", {}, "Referred to the victim contact unit"),
    ("mappa_level_set", {"level": 2, "category": 1}, "MAPPA level set to 2, category 1"),
    ("mappa_meeting_held", {"level": 2}, "MAPPA meeting held (level 2)"),
    ("mappa_meeting_held", {"level": 3}, "MAPPA meeting held (MAPPP, level 3)"),
    ("minutes_filed", {"service": "probation"}, "Minutes put on the probation file"),
    ("action_agreed", {"action": "A3", "due_on": date(2004, 6, 1), "service": "police"},
     "Action A3 agreed for the police, due 1 June 2004"),
    ("action_completed", {"action": "A3"}, "Action A3 completed"),
    ("offender_informed", {}, "Offender told the outcome"),
    ("risk_change_acknowledged", {"service": "probation"}, "Change acknowledged by probation"),
    ("risk_change_acknowledged", {"service": "police"}, "Change acknowledged by the police"),
    ("breach_found", {}, "Breach found"),
    ("enforcement_taken", {}, "Enforcement action taken"),
    ("case_closed", {}, "Case closed"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "details", "said"), SAID, ids=[said for _, _, said in SAID])
def test_a_fact_is_said_in_one_line(kind: str, details: dict[str, Value], said: str) -> None:
    assert describe(Fact(kind, DAY, details, DAY)) == said


def test_every_kind_has_a_label_and_an_example_here() -> None:
    assert set(LABELS) == set(KINDS)
    assert {kind for kind, _, _ in SAID} == set(KINDS)


def test_labels_start_with_a_capital_and_are_all_different() -> None:
    assert len(set(LABELS.values())) == len(KINDS)
    assert all(kind_label(kind)[0].isupper() for kind in KINDS)


def test_inside_a_sentence_only_the_names_of_the_trade_keep_their_capital() -> None:
    assert describe_in_sentence(Fact("registered", DAY, {}, DAY)) == "registered indefinitely"
    assert describe_in_sentence(Fact("rm2000_countersigned", DAY, {}, DAY)) == "RM2000 countersigned"
    assert describe_in_sentence(Fact("oasys_completed", DAY, {"stage": "end"}, DAY)) == "OASys completed, at the end"


def test_one_month_is_every_month_and_none_is_said() -> None:
    assert [interval_words(months) for months in (1, 6, None)] == ["every month", "every 6 months", "no fixed interval"]
