"""What an import writes: people, cases, facts, duties; and what a second one leaves alone."""

from io import BytesIO

import pytest

from openmappa.accounts.models import Agency, Area, Unit, User
from openmappa.audit.models import Event
from openmappa.caseload.services.importing import import_caseload
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.core.errors import Problem
from openmappa.core.names import name_keys
from openmappa.core.standards.facts import Fact as CoreFact
from openmappa.notices.models import Notice
from openmappa.timeline.derivation import derive
from openmappa.timeline.models import ChangeNotice, Duty, Fact, Standing
from openmappa.timeline.services import record_fact, void_fact
from tests.caseload.support import PERSON, REGISTERED, SCORED, VISITED, Quiet, case, day, file_of, taken

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    """How many rows each table of the record has."""
    return {
        model.__name__: model.objects.count() for model in (Area, Agency, Unit, User, Case, Fact, Duty, Standing, Event)
    }


def refuse(problem: Problem) -> None:
    pytest.fail(str(problem))


def manager() -> User:
    police = Agency.objects.get(code="northshire-police")
    return User.objects.create(
        username="n.manager",
        full_name="Sergeant Sample",
        agency=police,
        area=Area.objects.get(),
        role=Role.LINE_MANAGER,
        rank=Rank.SERGEANT,
    )


def test_a_case_comes_in_with_its_person_aliases_numbers_and_facts_in_the_order_of_the_file() -> None:
    done = taken(case("NSH-00012", SCORED, REGISTERED))
    stored = Case.objects.get()
    person = stored.person
    assert (stored.source, stored.reference, stored.force, stored.version) == ("legacy-register", "NSH-00012", "A", 1)
    assert (person.full_name, person.born_on, person.sex) == ("Sample Madeup-Example", day("1961-04-02"), "male")
    assert (person.ethnicity, person.pnc_id, person.crn) == ("white_british", "61/0012X", "N000012")
    assert [str(alias) for alias in person.aliases.all()] == ["S Testcase"]
    assert person.name_keys == name_keys([("Sample", "Madeup-Example"), ("S", "Testcase")])
    facts = Fact.objects.order_by("id").values_list("kind", "on", "details", "recorded_on", "version")
    assert list(facts) == [
        ("rm2000_completed", day("2004-03-05"), {"band": "high", "rank": "constable"}, day("2004-03-05"), 1),
        ("registered", day("2004-03-01"), {}, day("2004-03-02"), 1),
    ]
    assert (done.cases_added, done.cases_changed, done.facts_added) == (1, 0, 2)


def test_an_imported_history_tells_nobody_of_its_changes() -> None:
    levels = [
        {"kind": "harm_level_set", "on": f"2004-0{month}-01", "level": level}
        for month, level in ((4, "low"), (5, "high"))
    ]
    done = taken(case("NSH-00012", REGISTERED, *levels))
    assert (done.facts_added, Standing.objects.get().harm_level) == (3, "high")
    assert (ChangeNotice.objects.count(), Notice.objects.count()) == (0, 0)


def test_the_area_its_two_agencies_their_units_and_the_people_named_are_added_without_a_password() -> None:
    done = taken(case())
    assert (done.areas_added, sorted(done.people_added)) == (("Northshire",), ["n.police1", "n.probation1"])
    assert [agency.name for agency in Agency.objects.all()] == ["Northshire Police", "Northshire Probation"]
    officer, manager = User.objects.get(username="n.police1"), User.objects.get(username="n.probation1")
    assert (officer.role, officer.agency.kind, officer.area, officer.rank) == (
        "police_officer",
        "police",
        Area.objects.get(),
        "none",
    )
    assert (manager.role, manager.unit) == ("case_manager", Unit.objects.get(agency__kind="probation"))
    assert not officer.has_usable_password()
    assert not manager.has_usable_password()
    stored = Case.objects.get()
    assert (stored.police_officer, stored.case_manager) == (officer, manager)


def test_people_and_areas_that_the_record_knows_are_used_as_they_are() -> None:
    taken(case("NSH-1"))
    User.objects.filter(username="n.police1").update(full_name="Officer Sample One", role=Role.LINE_MANAGER)
    done = taken(case("NSH-1"), case("NSH-2"))
    assert (done.areas_added, done.people_added) == ((), ())
    assert User.objects.get(username="n.police1").full_name == "Officer Sample One"


def test_a_case_may_have_a_police_officer_and_no_case_manager() -> None:
    taken(case(staff={"police_officer": "n.police1"}))
    stored = Case.objects.get()
    assert (stored.police_officer, stored.case_manager) == (User.objects.get(), None)


def test_somebody_of_another_area_is_taken_and_the_report_says_that_they_cannot_open_the_case() -> None:
    done = taken(case("NSH-1"), case("EAS-1", area="eastmarch", force="B", staff={"police_officer": "n.police1"}))
    assert done.notes == ("case EAS-1: n.police1 works in another area than Eastmarch.",)


def test_duties_and_standing_are_those_that_a_single_recording_would_leave() -> None:
    taken(case("NSH-1", REGISTERED, SCORED, VISITED), case("NSH-2"))
    imported = list(
        Duty.objects.order_by("case", "standard", "opened_on").values_list(
            "case", "standard", "due_on", "met_on", "because_fact"
        )
    )
    assert len(imported) == 11
    for stored in Case.objects.all():
        derive(stored)
    again = Duty.objects.order_by("case", "standard", "opened_on").values_list(
        "case", "standard", "due_on", "met_on", "because_fact"
    )
    assert list(again) == imported
    standing = Standing.objects.get(case__reference="NSH-1")
    assert (standing.band, standing.registered, standing.supervised) == ("high", True, False)


def test_the_same_file_twice_changes_nothing_not_even_the_log() -> None:
    taken(case("NSH-1"), case("NSH-2"))
    before, versions = counts(), list(Case.objects.values_list("version", flat=True))
    done = taken(case("NSH-1"), case("NSH-2"))
    assert (done.cases, done.cases_added, done.cases_changed, done.facts_added) == (2, 0, 0, 0)
    assert counts() == before
    assert list(Case.objects.values_list("version", flat=True)) == versions


def test_a_file_with_new_facts_adds_only_those_and_the_case_moves_on_one_version() -> None:
    taken(case("NSH-1"), case("NSH-2"))
    kept = set(Fact.objects.values_list("id", flat=True))
    done = taken(case("NSH-1", REGISTERED, VISITED, SCORED), case("NSH-2"))
    assert (done.cases_added, done.cases_changed, done.facts_added) == (0, 1, 1)
    new = Fact.objects.exclude(id__in=kept).get()
    assert (new.kind, new.case.reference, new.version) == ("home_visit", "NSH-1", 2)
    assert dict(Case.objects.values_list("reference", "version")) == {"NSH-1": 2, "NSH-2": 1}
    assert Duty.objects.filter(case__reference="NSH-1", standard="home-visit", met_on=day("2004-06-07")).count() == 1


def test_a_fact_that_stands_twice_in_the_file_counts_twice() -> None:
    taken(case("NSH-1", VISITED, VISITED))
    assert Fact.objects.count() == 2
    assert taken(case("NSH-1", VISITED, VISITED)).facts_added == 0
    assert taken(case("NSH-1", VISITED, VISITED, VISITED)).facts_added == 1


def test_a_fact_written_down_on_another_day_is_another_fact() -> None:
    taken(case("NSH-1", REGISTERED))
    assert taken(case("NSH-1", {**REGISTERED, "recorded_on": "2004-05-01"})).facts_added == 1


def test_a_mistake_that_was_voided_here_does_not_come_back_with_the_next_file() -> None:
    taken(case("NSH-1", REGISTERED, SCORED))
    void_fact(by=manager(), fact=Fact.objects.get(kind="rm2000_completed"), reason="Scored for another person.")
    done = taken(case("NSH-1", REGISTERED, SCORED))
    assert done.facts_added == 0
    assert Fact.objects.filter(kind="rm2000_completed", voided_at=None).count() == 0


def test_what_was_recorded_here_stays_when_the_file_does_not_have_it() -> None:
    taken(case("NSH-1"))
    record_fact(
        by=manager(),
        case=Case.objects.get(),
        fact=CoreFact("significant_incident", day("2004-09-01"), {}, day("2004-09-01")),
    )
    assert taken(case("NSH-1")).facts_added == 0
    assert Fact.objects.filter(kind="significant_incident").count() == 1


def test_a_corrected_name_in_the_file_is_told_and_the_record_keeps_its_own() -> None:
    taken(case("NSH-1"))
    changed = {**PERSON, "given_names": "Simple", "pnc_id": "61/0013X"}
    done = taken(case("NSH-1", REGISTERED, SCORED, VISITED, person=changed, staff={"police_officer": "n.police9"}))
    assert Case.objects.get().person.given_names == "Sample"
    assert done.notes == (
        "line 2, case NSH-1: the file has another name, PNC number, case manager and police officer. "
        "The record keeps what it has.",
    )
    assert done.facts_added == 1
    assert not User.objects.filter(username="n.police9").exists()


def test_another_alias_is_told_too() -> None:
    taken(case("NSH-1"))
    done = taken(case("NSH-1", person={**PERSON, "aliases": []}))
    assert done.notes == ("line 2, case NSH-1: the file has another list of aliases. The record keeps what it has.",)


def test_the_same_reference_from_another_source_is_another_case() -> None:
    taken(case("NSH-1"))
    assert taken(case("NSH-1"), source="another-register").cases_added == 1
    assert Case.objects.count() == 2


def test_one_import_is_one_event_with_what_it_added_and_the_fingerprint_of_the_file() -> None:
    taken(case("NSH-1"), case("NSH-2"))
    event = Event.objects.get()
    assert (event.verb, event.by_name, event.case_id) == ("import caseload", "command line", None)
    assert event.about | {"sha256": ""} == {
        "source": "legacy-register",
        "made_on": "2005-03-31",
        "sha256": "",
        "cases_added": 2,
        "cases_changed": 0,
        "facts_added": 4,
        "people_added": 2,
    }
    assert len(event.about["sha256"]) == 64


def test_an_empty_last_line_and_windows_line_ends_are_taken() -> None:
    content = file_of(case("NSH-1")).getvalue().replace(b"\n", b"\r\n") + b"\r\n"
    done = import_caseload(file=BytesIO(content), report=refuse, watcher=Quiet())
    assert done.cases_added == 1


def test_whoever_watches_hears_how_far_both_readings_are() -> None:
    watcher = Quiet()
    file = file_of(*(case(f"NSH-{number}") for number in range(1, 502)))
    import_caseload(file=file, report=refuse, watcher=watcher)
    assert watcher.written == [(500, 501), (501, 501)]
    assert watcher.positions == [watcher.positions[0], len(file.getvalue())]
    assert watcher.waited is False


def test_the_number_of_queries_does_not_grow_with_the_cases_of_a_batch(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    taken(case("NSH-0"))
    few, many = [case("A-1")], [case(f"B-{number}") for number in range(30)]
    with django_assert_max_num_queries(50) as first:
        taken(*few)
    with django_assert_max_num_queries(50) as second:
        taken(*many)
    assert len(second.captured_queries) == len(first.captured_queries)
