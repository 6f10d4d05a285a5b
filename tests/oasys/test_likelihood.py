"""OGRS3 in an OASys, and what the front sheet shows beside RM2000 and under the level of harm."""

import pytest
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.oasys.errors import NotComplete
from openmappa.oasys.models import Oasys
from openmappa.oasys.queries.likelihood import likelihood_of
from openmappa.oasys.queries.oasys import written
from openmappa.oasys.services.drafting import start_oasys
from openmappa.oasys.services.judging import countersign_oasys
from openmappa.oasys.services.signing import Signature, revision_of, sign_oasys
from tests.oasys.answers import OGRS3, fill
from tests.oasys.build import case_manager, line_manager
from tests.timeline.build import ago, make_case, make_person, signed_in, today, write

pytestmark = pytest.mark.django_db

PACK = "england-wales-2005"
AGED_20 = {
    "sex": "male",
    "age_at_conviction": 20,
    "age_at_first_sanction": 20,
    "age_at_risk_date": 20,
    "previous_sanctions": 1,
    "offence_group": "violence",
}
"""A man of 20, the second sanction, violence: 0.31581 within one year and 0.48652 within two (domain facts, R2)."""


@pytest.fixture
def author() -> User:
    return case_manager()


@pytest.fixture
def case(author: User) -> Case:
    case = make_case(case_manager=author)
    write(case, "registered", ago(20))
    return case


def signed(case: Case, by: User, level: str = "medium", **likelihood: object) -> Oasys:
    draft = start_oasys(by=by, case=case, stage="start")
    fill(draft, by, level=level, likelihood={**OGRS3, **likelihood})  # type: ignore[dict-item]
    sign_oasys(by=by, oasys=draft, signature=Signature(today(), revision_of(written(draft))))
    draft.refresh_from_db()
    return draft


def front_sheet(case: Case, person: User) -> str:
    return signed_in(person).get(reverse("timeline:front_sheet", kwargs={"key": case.key})).content.decode()


def test_ogrs3_is_worked_out_once_its_six_questions_are_answered() -> None:
    found = likelihood_of({"likelihood": AGED_20}, PACK)
    assert (found.percent1, found.percent2, found.band) == (32, 49, "low")
    assert found.reasons[0].startswith("Male, 20 when next at risk (18 to 20).")
    missing_one = {name: value for name, value in AGED_20.items() if name != "sex"}
    assert likelihood_of({"likelihood": missing_one}, PACK).percent2 is None


def test_answers_that_ogrs3_cannot_take_stand_against_signing(author: User, case: Case) -> None:
    with pytest.raises(NotComplete) as refused:
        signed(case, author, age_at_first_sanction=50, age_at_conviction=40)
    assert [(one.section, one.item) for one in refused.value.missing] == [("likelihood", "age_at_conviction")]
    where = {"key": case.key, "oasys": Oasys.objects.get().key, "section": "likelihood"}
    page = signed_in(author).get(reverse("oasys:section", kwargs=where)).content.decode()
    assert ("cannot be 40 when the first sanction was at 50" in page, "This section is complete" in page) == (
        True,
        False,
    )


def test_what_was_worked_out_is_kept_with_the_signed_one(author: User, case: Case) -> None:
    row = signed(case, author, **AGED_20, ogrs2=41, total=77)
    kept = (row.ogrs3_percent1, row.ogrs3_percent2, row.ogrs3_band, row.ogrs2_entered, row.total_entered)
    assert kept == (32, 49, "low", 41, 77)


def test_the_front_sheet_shows_both_and_says_that_rm2000_stands(author: User, case: Case) -> None:
    write(case, "rm2000_completed", ago(9), band="high", rank="constable")
    signed(case, author, **AGED_20, total=77)
    text = front_sheet(case, author)
    assert "OGRS3 49% within two years (low), total 77 (medium)." in text
    assert "RM2000 gives high, OGRS3 gives low. For a sex offender RM2000 stands" in text
    assert text.count("RM2000 stands") == 1


def test_where_they_agree_nothing_is_said_of_which_stands(author: User, case: Case) -> None:
    write(case, "rm2000_completed", ago(9), band="low", rank="constable")
    signed(case, author, **AGED_20)
    text = front_sheet(case, author)
    assert ("OGRS3 49% within two years (low)" in text, "RM2000 stands" in text) == (True, False)


def test_the_front_sheet_says_who_is_at_risk_and_that_nobody_has_countersigned_yet(author: User, case: Case) -> None:
    row = signed(case, author, "high")
    text = front_sheet(case, author)
    assert ("Not yet countersigned" in text, "Children: high<br>" in text) == (True, True)
    manager = line_manager()
    countersign_oasys(by=manager, oasys=row)
    text = front_sheet(case, author)
    assert ("Not yet countersigned" in text, f"Countersigned by {manager.full_name}" in text) == (False, True)


def test_a_level_that_no_oasys_of_here_gave_shows_no_groups(author: User, case: Case) -> None:
    write(case, "oasys_completed", ago(3), stage="start", harm="high")
    assert "Children: " not in front_sheet(case, make_person(Role.POLICE_OFFICER))
