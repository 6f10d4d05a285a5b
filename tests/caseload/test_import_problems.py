"""Everything wrong with a file is named in one run: line, field, found, expected. Nothing of it is written."""

from io import BytesIO

import pytest
from django.db.models import Model

from openmappa.accounts.models import Area, User
from openmappa.caseload.errors import NotTaken
from openmappa.caseload.services.importing import import_caseload
from openmappa.cases.models import Alias, Case, Person
from openmappa.core.caseload_fields import LONGEST
from openmappa.core.errors import Problem
from tests.caseload.support import PERSON, REGISTERED, Quiet, case, file_of, taken

pytestmark = pytest.mark.django_db


def refused(file: BytesIO) -> list[str]:
    """The problems of a file that is not taken, in words."""
    problems: list[Problem] = []
    with pytest.raises(NotTaken) as refusal:
        import_caseload(file=file, report=problems.append, watcher=Quiet())
    assert refusal.value.problems == len(problems)
    return [str(problem) for problem in problems]


def test_every_problem_of_every_line_is_named_and_nothing_is_written() -> None:
    problems = refused(
        file_of(
            case("NSH-1"),
            case("NSH-2", person=None),
            case("NSH-3", {"kind": "registered", "on": "2004-02-30"}),
            case("NSH-1", staff=None),
            case("NSH-4", force="Z"),
            case("NSH-5", {"kind": "moon_landing", "on": "1969-07-20"}, colour="red"),
        )
    )
    assert [problem.split(":")[0] for problem in problems] == [
        "line 3, person",
        "line 4, fact 1, on",
        "line 5, staff",
        "line 5, case",
        "line 6, force",
        "line 7, colour",
        "line 7, fact 1, kind",
    ]
    assert (Case.objects.count(), Area.objects.count()) == (0, 0)


def test_a_missing_person_and_a_missing_staff_are_said_to_be_needed_by_an_import() -> None:
    assert refused(file_of(case("NSH-1", person=None, staff=None))) == [
        "line 2, person: found nothing; expected who the case is about, since an import needs it",
        "line 2, staff: found nobody; expected a case_manager, a police_officer or both, since an import needs one",
    ]


def test_a_case_that_stands_twice_is_named_with_the_line_of_the_first() -> None:
    assert refused(file_of(case("NSH-1"), case("NSH-2"), case("NSH-1"))) == [
        'line 4, case: found "NSH-1"; expected a reference of its own for each case; line 2 has this one'
    ]


def test_an_unknown_force_is_named_with_the_forces_that_have_a_visit_policy() -> None:
    assert refused(file_of(case(force="Q"))) == [
        'line 2, force: found "Q"; expected a force with a visit policy: A, B, C, D, E'
    ]


def test_what_would_not_fit_the_record_is_a_problem_and_not_cut_off() -> None:
    person = {**PERSON, "aliases": [{"given_names": "S", "family_name": "y" * 151}]}
    assert refused(file_of(case("NSH-1", area="x" * 41, person=person))) == [
        "line 2, area: found text of 41 characters; expected text of 1 to 40 characters",
        "line 2, person, alias 1, family_name: found text of 151 characters; expected text of 1 to 150 characters",
    ]


@pytest.mark.parametrize(
    ("field", "model", "column"),
    [
        ("source", Case, "source"),
        ("case", Case, "reference"),
        ("force", Case, "force"),
        ("area", Area, "code"),
        ("given_names", Person, "given_names"),
        ("family_name", Alias, "family_name"),
        ("sex", Person, "sex"),
        ("ethnicity", Person, "ethnicity"),
        ("pnc_id", Person, "pnc_id"),
        ("crn", Person, "crn"),
        ("staff police_officer", User, "username"),
    ],
)
def test_the_record_holds_the_longest_text_that_the_format_takes(field: str, model: type[Model], column: str) -> None:
    assert model._meta.get_field(column).max_length >= LONGEST[field]  # type: ignore[union-attr, operator]


def test_half_a_character_is_a_problem() -> None:
    content = file_of(case(person={**PERSON, "crn": "HALF"})).getvalue().replace(b"HALF", b"\\uD800")
    assert [problem.split(":")[0] for problem in refused(BytesIO(content))] == ["line 2, person, crn"]


def test_another_person_under_a_known_reference_is_refused() -> None:
    taken(case("NSH-1"))
    problems = refused(file_of(case("NSH-1", person={**PERSON, "family_name": "Placeholder", "born_on": "1970-01-01"})))
    assert problems == [
        "line 2, person: found another family name and another date of birth than the record has for this case; "
        "expected the same person under NSH-1, or a reference of its own for another person"
    ]


def test_a_bad_header_and_a_bad_line_are_both_named() -> None:
    assert [problem.split(":")[0] for problem in refused(BytesIO(b'{"format": "other/1"}\nnot json\n'))] == [
        "line 1, source",
        "line 1, made_on",
        "line 1, format",
        "line 2, the line",
    ]


def test_an_empty_file_has_no_header() -> None:
    assert refused(BytesIO(b"")) == ["line 1, the line: found nothing; expected one JSON object on one line"]


def test_a_source_that_is_too_long_is_a_problem_of_the_header() -> None:
    assert refused(file_of(case(), source="s" * 61)) == [
        "line 1, source: found text of 61 characters; expected text of 1 to 60 characters"
    ]


def test_an_empty_line_in_the_middle_is_a_problem() -> None:
    content = (
        file_of(case("NSH-1")).getvalue() + b"\n" + b"".join(file_of(case("NSH-2")).getvalue().splitlines(True)[1:])
    )
    assert refused(BytesIO(content)) == ["line 3, the line: found nothing; expected one JSON object on one line"]


def test_a_fact_before_birth_is_a_problem() -> None:
    problems = refused(file_of(case("NSH-1", {**REGISTERED, "on": "1960-01-01"})))
    assert problems == [
        "line 2, fact 1, on: found 1960-01-01; expected a day not before the person was born, 1961-04-02"
    ]
