"""For each constraint on transfers: a row that breaks it."""

from collections.abc import Callable

from django.utils import timezone
from tests.timeline.build import make_person
from tests.transfers.build import a_row, a_sent_row, an_ended_row

from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.transfers.models import Approval, Transfer
from openmappa.transfers.words import Kind, State


def approval(transfer: Transfer, **changed: object) -> Approval:
    plain: dict[str, object] = {
        "transfer": transfer,
        "case": transfer.case,
        "side": "sending",
        "by": transfer.asked_by,
        "rank": "chief_officer",
        "at": timezone.now(),
        "words": "It is right.",
    }
    return Approval.objects.create(**(plain | changed))


def approved_twice(case: Case) -> None:
    transfer = a_row(case)
    approval(transfer)
    approval(transfer)


def accepted(case: Case, **changed: object) -> Transfer:
    by = {"handed_over_at": timezone.now(), "police_officer": make_person(Role.POLICE_OFFICER)}
    return an_ended_row(case, State.ACCEPTED, **(by | changed))


BREAKS: dict[str, Callable[[Case], object]] = {
    "transfer_kind_is_known": lambda case: a_row(case, kind="holiday"),
    "transfer_state_is_known": lambda case: a_row(case, state="lost"),
    "transfer_gives_back_another": lambda case: a_row(case, kind=Kind.GIVE_BACK),
    "transfer_is_between_two_areas": lambda case: a_row(case, to_area=case.area),
    "transfer_one_at_a_time": lambda case: [a_row(case), a_sent_row(case)],
    "transfer_level_is_1_to_3": lambda case: a_row(case, level=4),
    "transfer_has_reasons": lambda case: a_row(case, reasons=""),
    "transfer_sent_by_somebody": lambda case: a_sent_row(case, due_on=None),
    "transfer_ended_by_somebody": lambda case: an_ended_row(case, State.RECALLED, end_words="Off.", ended_at=None),
    "transfer_declined_on_a_ground": lambda case: an_ended_row(case, State.DECLINED, end_words="No room."),
    "transfer_recalled_for_a_reason": lambda case: an_ended_row(case, State.RECALLED),
    "transfer_accepted_by_naming_people": lambda case: accepted(case, police_officer=None),
    "approval_side_is_known": lambda case: approval(a_row(case), side="both"),
    "approval_once_a_side": approved_twice,
    "approval_says_why": lambda case: approval(a_row(case), words=""),
}
