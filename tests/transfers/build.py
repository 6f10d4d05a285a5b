"""A case of northshire, the people of both areas, and a transfer as far as a test wants it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.transfers.models import Transfer
from openmappa.transfers.queries import rules
from openmappa.transfers.services.answering import accept_transfer
from openmappa.transfers.services.asking import approve_transfer, ask_for_transfer, send_transfer
from openmappa.transfers.words import Kind, State
from tests.timeline.build import ago, make_area, make_case, make_person, make_unit, today, write

ADDRESS = "4 Sample Court, Eastmarch"
REASONS = "His sister has taken him in."


@dataclass(frozen=True)
class Places:
    """A case, and who works on it on either side."""

    case: Case
    home: Area
    away: Area
    officer: User
    manager: User
    sender: User
    receiver: User
    new_officer: User
    new_manager: User


def places(level: int | None = 1, **case: Any) -> Places:
    """A registered and supervised case of northshire, at this MAPPA level; and the people of eastmarch."""
    home, away = make_area("northshire", "A"), make_area("eastmarch", "B")
    officer = make_person(Role.POLICE_OFFICER, area=home)
    manager = make_person(Role.CASE_MANAGER, area=home)
    row = make_case(home, police_officer=officer, case_manager=manager, **case)
    line_manager = make_person(Role.LINE_MANAGER, area=home)
    write(row, "registered", ago(60), by=line_manager)
    write(row, "order_started", ago(60), by=line_manager, order="licence")
    sender = make_person(Role.MAPPA_COORDINATOR, area=home)
    if level is not None:
        write(row, "mappa_level_set", ago(50), by=sender, level=level, category=1)
    return Places(
        case=row,
        home=home,
        away=away,
        officer=officer,
        manager=manager,
        sender=sender,
        receiver=make_person(Role.MAPPA_COORDINATOR, area=away),
        new_officer=make_person(Role.POLICE_OFFICER, area=away),
        new_manager=make_person(Role.CASE_MANAGER, area=away),
    )


def answers(**changed: str) -> dict[str, str]:
    return {question.id: f"About {question.id}: nothing more." for question in rules().checklist} | changed


def asked(here: Places, by: User | None = None, **changed: Any) -> Transfer:
    said: dict[str, Any] = {"reasons": REASONS, "address": ADDRESS, "proposed_on": today() + timedelta(days=14)}
    said |= {"to_area": here.away, "answers": answers()} | changed
    author = by or here.officer
    with as_person(author):
        return ask_for_transfer(by=author, case=here.case, **said)


def met(here: Places, level: int) -> None:
    write(here.case, "mappa_meeting_held", today(), by=here.sender, level=level)


def sent(here: Places, **how: Any) -> Transfer:
    transfer = asked(here)
    with as_person(here.sender):
        return send_transfer(by=here.sender, transfer=transfer, **how)


def accepted(here: Places, transfer: Transfer | None = None) -> Transfer:
    row = transfer or sent(here)
    with as_person(here.receiver):
        return accept_transfer(
            by=here.receiver, transfer=row, police_officer=here.new_officer, case_manager=here.new_manager
        )


def chief(area: Area, rank: Rank = Rank.ASSISTANT_CHIEF_OFFICER) -> User:
    kind = "probation" if rank in (Rank.ASSISTANT_CHIEF_OFFICER, Rank.CHIEF_OFFICER) else "police"
    return make_person(Role.LINE_MANAGER, area=area, rank=rank, unit=make_unit(area, kind, 9))


def approved_by(person: User, transfer: Transfer) -> None:
    with as_person(person):
        approve_transfer(by=person, transfer=transfer, words="I read the plan. The move is right.")


def a_row(case: Case, **changed: Any) -> Transfer:
    """A row as it is stored, without the services."""
    plain: dict[str, Any] = {
        "case": case,
        "kind": Kind.TRANSFER,
        "state": State.ASKED,
        "from_area": case.area,
        "to_area": make_area("eastmarch", "B"),
        "reference": case.reference,
        "name": "Sample Testcase",
        "born_on": case.person.born_on,
        "asked_by": make_person(Role.POLICE_OFFICER, area=case.area),
        "asked_at": timezone.now(),
        "reasons": REASONS,
        "answers": answers(),
    }
    return Transfer.objects.create(**(plain | changed))


def a_sent_row(case: Case, **changed: Any) -> Transfer:
    sender = make_person(Role.MAPPA_COORDINATOR, area=case.area)
    by = {"sent_by": sender, "sent_at": timezone.now(), "due_on": today()}
    return a_row(case, **({"state": State.SENT} | by | changed))


def an_ended_row(case: Case, state: State, **changed: Any) -> Transfer:
    ended = {"state": state, "ended_by": make_person(Role.MAPPA_COORDINATOR), "ended_at": timezone.now()}
    return a_sent_row(case, **(ended | changed))
