"""What the record answers by itself, as known on the day, and what stays the inspector's to say."""

from datetime import date

from openmappa.core.inspection.framework import AskedOf
from openmappa.core.inspection.offered import PARTLY, RULES, VISITED, Offer, offers
from openmappa.core.inspection.scores import Answer
from openmappa.core.inspection.sides import Side, side_of
from openmappa.core.packs.load import load_inspection_framework, packs_in_service
from openmappa.core.standards.duties import duties
from openmappa.core.standards.facts import KINDS, Fact

FRAMEWORK = load_inspection_framework("england_wales_2005")
QUESTIONS = FRAMEWORK.asked_of(AskedOf.CASE)
ON = date(2004, 9, 30)


def fact(kind: str, on: date, *, known: date | None = None, **details: object) -> Fact:
    return Fact(kind, on, details, known or on)  # type: ignore[arg-type]


def offered(*facts: Fact, on: date = ON) -> dict[str, Offer]:
    known = [each for each in facts if each.recorded_on <= on]
    return offers(QUESTIONS, known, duties(known, packs_in_service(), force="A", as_of=on, known_on=on), on)


def test_every_rule_is_of_a_question_of_the_framework_and_of_a_standard_that_there_is() -> None:
    assert {*RULES, VISITED} <= {question.code for question in QUESTIONS}
    standards = {standard.id for pack in packs_in_service() for standard in pack.standards}
    assert {name for rule in RULES.values() for name in rule.standards} <= standards


def test_minutes_that_came_late_are_on_file_and_those_of_one_file_alone_are_not_enough() -> None:
    met = [fact("mappa_level_set", date(2004, 5, 1), level=2, category=1)]
    met += [fact("mappa_meeting_held", date(2004, 5, 3), level=2)]
    police = fact("minutes_filed", date(2004, 7, 30), service="police")
    both = offered(*met, police, fact("minutes_filed", date(2004, 5, 10), service="probation"))
    assert both["minutes_on_both_files"] == Offer(
        Answer.SUFFICIENT, ("2 of 2 copies of minutes (one of each meeting for each file) on the record.",)
    )
    one = offered(*met, police)["minutes_on_both_files"]
    assert (one.answer, one.because[1]) == (Answer.NOT_SUFFICIENT, "Due 17 May 2004: not done.")
    assert offered(*met)["minutes_on_both_files"].answer == Answer.POOR
    assert offered()["minutes_on_both_files"].answer == Answer.NOT_APPLICABLE
    assert offered(*met)["offender_informed_of_decisions"].answer == "no"
    told = offered(*met, fact("offender_informed", date(2004, 9, 1)))["offender_informed_of_decisions"]
    assert told == Offer("yes", ("1 of 1 meeting on the record.",))


def test_what_was_written_down_after_the_day_is_not_there_yet() -> None:
    begun = fact("order_started", date(2004, 5, 4), order="community_order")
    late = fact("oasys_completed", date(2004, 5, 20), known=date(2004, 10, 2), stage="start")
    on_the_day, later = offered(begun, late), offered(begun, late, on=date(2004, 10, 3))
    assert on_the_day["rosh_assessment_at_start"].answer == Answer.POOR
    assert later["rosh_assessment_at_start"] == Offer(
        Answer.SUFFICIENT, ("1 of 1 OASys at the start done in time.", PARTLY), partly=True
    )


def test_late_work_is_named_with_its_days_and_nothing_is_offered_where_nothing_was_due() -> None:
    begun = fact("order_started", date(2003, 1, 6), order="community_order")
    plans = [fact("isp_completed", date(2003, 2, 10))]
    found = offered(begun, *plans)
    assert found["isp_content_and_timing"].because[:2] == (
        "0 of 1 initial plan done in time.",
        "Due 27 January 2003: done 10 February 2003, late.",
    )
    assert found["isp_content_and_timing"].answer == Answer.NOT_SUFFICIENT
    assert "isp_content_and_timing" not in offered()
    assert found["plan_reviewed_every_16_weeks"].answer == Answer.POOR


def test_only_so_many_of_what_came_late_are_named_and_the_rest_is_counted() -> None:
    breaches = [fact("order_started", date(2003, 1, 6), order="community_order")]
    breaches += [fact("breach_found", date(2003, 2 + month, 1)) for month in range(8)]
    found = offered(*breaches)["breach_or_recall_in_time"]
    assert (found.answer, found.because[0], found.because[-1]) == (
        Answer.POOR,
        "0 of 8 breaches done in time.",
        "And 2 more.",
    )


def test_a_home_visit_by_probation_is_counted_and_one_by_the_police_is_not() -> None:
    police = fact("home_visit", date(2004, 8, 1), service="police", outcome="seen", announced=False, joint=False)
    ours = police._replace(details={**police.details, "service": "probation"})
    assert offered(police)[VISITED].answer == Answer.POOR
    assert offered(police, ours)[VISITED].because == ("Probation visited once, last on 1 August 2004.",)
    assert offered(ours, ours)[VISITED].because == ("Probation visited 2 times, last on 1 August 2004.",)


def test_every_kind_of_fact_stands_in_one_column_and_the_service_it_names_decides() -> None:
    assert side_of(fact("rm2000_completed", ON, band="low", rank="constable")) is Side.POLICE
    assert side_of(fact("minutes_filed", ON, service="probation")) is Side.PROBATION
    assert side_of(fact("oasys_completed", ON, stage="start")) is Side.PROBATION
    shared = {kind for kind in KINDS if side_of(Fact(kind, ON, {}, ON)) is Side.BOTH}
    assert {"mappa_meeting_held", "significant_incident", "offender_informed", "custody_started"} <= shared
    assert [side.label for side in Side] == ["Police record", "Probation record", "Both services"]
