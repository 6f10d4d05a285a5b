"""A case with something in every part of the record, transferred: every row goes along, and access follows."""

from typing import Any

import pytest
from django.db import connection

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.timeline.models import Fact, Standing
from openmappa.timeline.services import void_fact
from openmappa.transfers.services.answering import accept_transfer
from openmappa.transfers.services.asking import send_transfer
from tests.retention.build import a_line_manager
from tests.retention.test_everything_goes import a_full_case
from tests.timeline.build import make_area, make_person
from tests.transfers.build import Places, approved_by, asked, chief, met

pytestmark = pytest.mark.django_db

WITH_A_CASE = """
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relrowsecurity AND a.attname = 'case_id' AND NOT a.attisdropped AND c.relkind IN ('r', 'p')
    AND NOT c.relispartition ORDER BY 1
"""
KEPT = {"transfers_transfer", "transfers_approval", "notices_notice", "audit_event", "movements_releasenotice"}
"""What the area that a case left keeps: its receipt, what its people did and were told, releases announced to it."""
OF_AN_AGENCY = {"further_offences_contribution"}
"""What an agency wrote for a review of its own work: its own people and the coordinators read it."""
OF_THE_READER = {"audit_event", "audit_change", "oversight_look", "notices_notice"}
"""The log, which the auditor reads, and what each person was told themselves: not the case's."""


def rows(statement: str, *values: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def counted(person: User | None, case: Case) -> dict[str, int]:
    """How many rows of the case each table shows this person; None: how many there are."""
    tables = [name for (name,) in rows(WITH_A_CASE)]

    def count() -> dict[str, int]:
        return {name: rows(f"SELECT count(*) FROM {name} WHERE case_id = %s", case.pk)[0][0] for name in tables}

    if person is None:
        return count()
    with as_person(person):
        return count()


def full_places() -> Places:
    manager = a_line_manager()
    case = a_full_case(manager)
    void_fact(by=manager, fact=Fact.objects.get(case=case, kind="case_closed"), reason="It goes on elsewhere.")
    home, away = case.area, make_area("eastmarch", "B")
    return Places(
        case=Case.objects.get(pk=case.pk),
        home=home,
        away=away,
        officer=make_person(Role.POLICE_OFFICER, area=home),
        manager=make_person(Role.CASE_MANAGER, area=home),
        sender=make_person(Role.MAPPA_COORDINATOR, area=home, rank=Rank.INSPECTOR),
        receiver=make_person(Role.MAPPA_COORDINATOR, area=away, rank=Rank.INSPECTOR),
        new_officer=make_person(Role.POLICE_OFFICER, area=away),
        new_manager=make_person(Role.CASE_MANAGER, area=away),
    )


def moved(here: Places) -> None:
    """The case, sent and accepted as its level asks for."""
    transfer = asked(here)
    level = Standing.objects.get(case=here.case).mappa_level
    if level in (2, 3):
        met(here, level)
    if level == 3:
        approved_by(chief(here.home), transfer)
    with as_person(here.sender):
        send_transfer(by=here.sender, transfer=transfer, invited_how="They came.")
    if level == 3:
        approved_by(chief(here.away), transfer)
    with as_person(here.receiver):
        accept_transfer(
            by=here.receiver, transfer=transfer, police_officer=here.new_officer, case_manager=here.new_manager
        )


def test_every_table_with_a_case_goes_along_and_the_area_it_left_reads_nothing_but_its_receipt() -> None:
    here = full_places()
    before = counted(here.sender, here.case)
    assert len([name for name, count in before.items() if count]) > 20
    reference = here.case.reference
    moved(here)
    after, left, there = counted(here.receiver, here.case), counted(here.sender, here.case), counted(None, here.case)
    lost = {name for name, count in before.items() if after[name] < count} - OF_THE_READER
    assert lost == set(), "what the coordinator read before, the coordinator of the new area reads now"
    assert {name for name, count in left.items() if count} <= KEPT
    gone = {name for name, count in before.items() if there[name] < count}
    assert gone == {"timeline_duty"} or gone == set(), "duties are worked out anew; nothing else is rewritten"
    assert Case.objects.get(pk=here.case.pk).reference == reference


def test_the_officers_of_the_new_area_read_what_those_of_the_old_one_did() -> None:
    here = full_places()
    officers = [(here.officer, here.new_officer), (here.manager, here.new_manager)]
    before = [counted(old, here.case) for old, _ in officers]
    moved(here)
    for seen, (old, new) in zip(before, officers, strict=True):
        now = counted(new, here.case)
        lost = {name for name, count in seen.items() if now[name] < count} - OF_THE_READER - OF_AN_AGENCY
        assert lost == set(), new.role
        assert {name for name, count in counted(old, here.case).items() if count} <= KEPT
