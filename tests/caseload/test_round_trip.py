"""Export gives back what came in: export, import into an empty record, and export again are byte for byte the same."""

from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmappa.audit.models import Event
from openmappa.caseload.errors import NoSuchSource, NothingToExport, SeveralSources
from openmappa.caseload.services.exporting import export_caseload
from openmappa.caseload.services.importing import import_caseload
from openmappa.cli.main import main
from openmappa.core.caseload import CaseRecord, Header, Name, PersonRecord, header_line, record_line
from openmappa.core.errors import Problem
from openmappa.core.standards.facts import KINDS, Detail, Fact, Value
from openmappa.timeline.models import Fact as FactRow
from openmappa.timeline.services import void_fact
from tests.caseload.support import REGISTERED, SCORED, VISITED, Quiet, case, day, taken
from tests.caseload.test_import import manager

pytestmark = pytest.mark.django_db

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=20).filter(
    str.strip
)
SHORT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=12).filter(
    str.strip
)
DAYS = st.dates(min_value=day("1980-01-01"), max_value=day("2030-12-31"))


class _Undone(Exception):
    """Ends a transaction without keeping it."""


def values(detail: Detail) -> st.SearchStrategy[Value]:
    """What a detail of a fact may be."""
    if detail.choices:
        return st.sampled_from(detail.choices)
    made: dict[str, st.SearchStrategy[Value]] = {
        "date": DAYS,
        "boolean": st.booleans(),
        "text": TEXT,
        "integer": st.integers(detail.minimum or 0, 60),
    }
    return st.none() | made[detail.type] if detail.nullable else made[detail.type]


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    """Any fact at all that the format takes."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    given_details = {
        detail.name: draw(values(detail))
        for detail in KINDS[kind].details
        if not detail.optional or draw(st.booleans())
    }
    on = draw(DAYS)
    return Fact(kind, on, given_details, draw(st.sampled_from([on, day("2031-01-01")])))


NAMES = st.builds(Name, given_names=TEXT, family_name=TEXT)
PEOPLE = st.builds(
    PersonRecord,
    given_names=TEXT,
    family_name=TEXT,
    born_on=st.dates(min_value=day("1920-01-01"), max_value=day("1979-12-31")),
    sex=SHORT,
    aliases=st.lists(NAMES, max_size=2).map(tuple),
    ethnicity=st.just("") | SHORT,
    pnc_id=st.just("") | SHORT,
    crn=st.just("") | SHORT,
)
STAFF = st.sampled_from(
    [
        {"case_manager": "n.probation1"},
        {"police_officer": "n.police1"},
        {"case_manager": "n.probation2", "police_officer": "n.police2"},
    ]
)
CASES = st.builds(
    CaseRecord,
    reference=SHORT,
    area=st.sampled_from(["northshire", "eastmarch"]),
    force=st.sampled_from("ABCDE"),
    person=PEOPLE,
    staff=STAFF,
    facts=st.lists(facts(), max_size=8).map(tuple),
)


def fail(problem: Problem) -> None:
    pytest.fail(str(problem))


def exported(source: str | None = None) -> bytes:
    out = BytesIO()
    export_caseload(out=out, source=source)
    return out.getvalue()


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(records=st.lists(CASES, min_size=1, max_size=4, unique_by=lambda record: record.reference))
def test_any_caseload_comes_back_byte_for_byte(records: list[CaseRecord]) -> None:
    header = Header(source="legacy-register", made_on=day("2005-03-31"))
    written = b"".join([header_line(header), *map(record_line, records)])
    outs: list[bytes] = []
    for content in (written, None):
        with pytest.raises(_Undone), transaction.atomic():
            import_caseload(file=BytesIO(content or outs[0]), report=fail, watcher=Quiet())
            outs.append(exported())
            raise _Undone
    assert outs[1] == outs[0]
    assert outs[0].splitlines()[1:] == written.splitlines()[1:]


def test_the_header_names_the_source_and_the_day_of_the_export(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: day("2006-01-02"))
    taken(case("NSH-1"))
    first = exported().splitlines()[0]
    assert first == b'{"format": "openmappa-caseload/1", "source": "legacy-register", "made_on": "2006-01-02"}'


def test_cases_stand_in_the_order_they_came_and_facts_in_the_order_they_were_entered() -> None:
    taken(case("NSH-2", SCORED, REGISTERED), case("NSH-1", REGISTERED))
    taken(case("NSH-2", VISITED, SCORED, REGISTERED), case("NSH-1", REGISTERED))
    second, first = exported().decode().splitlines()[1:]
    assert (second[:16], first[:16]) == ('{"case": "NSH-2"', '{"case": "NSH-1"')
    assert [part.split('"')[0] for part in second.split('"kind": "')[1:]] == [
        "rm2000_completed",
        "registered",
        "home_visit",
    ]


def test_a_fact_that_was_a_mistake_is_left_out() -> None:
    taken(case("NSH-1", REGISTERED, SCORED))
    void_fact(by=manager(), fact=FactRow.objects.get(kind="rm2000_completed"), reason="Scored for another person.")
    assert b"rm2000_completed" not in exported()


def test_one_of_several_sources_has_to_be_named() -> None:
    taken(case("NSH-1"))
    taken(case("EAS-1"), source="other-register")
    with pytest.raises(SeveralSources, match="Name one of them with --source: legacy-register, other-register"):
        exported()
    assert exported("other-register").count(b"\n") == 2
    with pytest.raises(NoSuchSource, match=r"'third'\. The sources are: legacy-register, other-register"):
        exported("third")


def test_a_record_without_cases_has_nothing_to_export() -> None:
    with pytest.raises(NothingToExport):
        exported()


def test_an_export_is_written_in_the_log() -> None:
    taken(case("NSH-1"))
    exported()
    assert Event.objects.order_by("-id").values_list("verb", "about").first() == (
        "export caseload",
        {"source": "legacy-register"},
    )


@pytest.mark.parametrize("cases", [1, 30])
def test_the_number_of_queries_is_the_same_for_1_case_and_for_30(cases: int, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    taken(*(case(f"NSH-{number}") for number in range(cases)))
    with django_assert_num_queries(20):  # twelve of them state the job, twice, inside the test's own transaction
        exported()


def test_a_generated_caseload_comes_back_as_it_was(tmp_path: Path) -> None:
    """The sample of ``openmappa sample``, three years of facts a case."""
    file = tmp_path / "sample.jsonl"
    assert main(["sample", "--areas", "3", "--cases", "20", "--seed", "11", "--out", str(file)]) == 0
    with file.open("rb") as content:
        import_caseload(file=content, report=fail, watcher=Quiet())
    assert exported() == file.read_bytes()
