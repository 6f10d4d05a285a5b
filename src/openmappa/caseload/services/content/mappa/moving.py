"""Cases on their way in a demonstration: a transfer sent and one declined, a stay elsewhere, releases to come."""

from datetime import date, timedelta

from django.db.models import Max
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.caseload.services.content.mappa.cases_at_hand import CasesAtHand, spoken_of
from openmappa.caseload.services.content.mappa.deeds import a_deed
from openmappa.caseload.services.content.mappa.people import PHONE, Desk
from openmappa.caseload.services.content.moments import started_at
from openmappa.cases.models import Case
from openmappa.core.synthetic.content.mappa.moving_words import (
    ADDRESS,
    ANSWERS,
    DECLINED,
    INVITED_HOW,
    RELEASES,
    STAY,
    TRANSFERRED,
)
from openmappa.movements.services.moves import Stay, give_move_notice
from openmappa.movements.services.releases import Planned, Typed, acknowledge_release, give_release_notice
from openmappa.timeline.models import Fact
from openmappa.transfers.models import Transfer
from openmappa.transfers.services.answering import decline_transfer
from openmappa.transfers.services.asking import ask_for_transfer, send_transfer
from openmappa.transfers.services.directory import keep_contact_details

IN_WEEKS = timedelta(weeks=3)
ASKED_BEFORE = timedelta(days=5)
"""So long before the meeting somebody asked for the transfer: the meeting comes after, and before it is sent."""
MEETING_WITHIN = timedelta(days=27)


def leave_numbers(desk: Desk) -> None:
    """The coordinator's entry in the directory of coordinators."""
    with a_deed():
        keep_contact_details(
            by=desk.coordinator,
            phone=PHONE.format(number=900 + desk.area.pk % 100),
            email=f"mappa.coordinator@{desk.area.code}.example",
            hours="Monday to Friday, 9 to 5. At night ring the force control room.",
        )


def leave_transfers(desk: Desk, other: Desk, cases: CasesAtHand) -> int:
    """One transfer that the other area has to answer, and one that it declined; both rest on a meeting (9.8)."""
    sent = 0
    for number in range(2):
        case = cases.take(_met_lately, standing__mappa_level=2, standing__in_custody=False)
        if case is None or case.case_manager is None:
            return sent
        transfer = _asked_and_sent(desk, other, case, case.case_manager, number)
        if number:
            with a_deed():
                decline_transfer(by=other.coordinator, transfer=transfer, ground="incomplete", words=DECLINED)
        sent += 1
    return sent


def _asked_and_sent(desk: Desk, other: Desk, case: Case, by: User, number: int) -> Transfer:
    with a_deed():
        transfer = ask_for_transfer(
            by=by,
            case=case,
            to_area=other.area,
            reasons=spoken_of(TRANSFERRED[number], case),
            proposed_on=timezone.localdate() + IN_WEEKS,
            address=ADDRESS[number],
            answers={name: spoken_of(words, case) for name, words in ANSWERS.items()},
        )
    transfer.asked_at = started_at(_last_met(case) - ASKED_BEFORE)
    transfer.save(update_fields=["asked_at"])
    with a_deed():
        return send_transfer(by=desk.coordinator, transfer=transfer, invited_how=INVITED_HOW)


def _met_lately(case: Case) -> bool:
    return _last_met(case) >= timezone.localdate() - MEETING_WITHIN


def _last_met(case: Case) -> date:
    """The day of the last meeting on a case; long ago where there was none."""
    held = Fact.objects.filter(case=case, kind="mappa_meeting_held").standing()
    last = held.aggregate(last=Max("on"))["last"]
    return last if isinstance(last, date) else date.min


def leave_a_stay(desk: Desk, other: Desk | None, cases: CasesAtHand) -> int:
    """Somebody who stays in another area for two weeks; abroad where there is no other."""
    case = cases.take(standing__in_custody=False, standing__supervised=True)
    if case is None or case.case_manager is None:
        return 0
    today = timezone.localdate()
    stay = Stay(
        kind="family" if other else "holiday",
        from_on=today - timedelta(days=3),
        until_on=today + timedelta(days=11),
        place=STAY["place"],
        host=other.coordinator if other else None,
        contact=STAY["contact"],
        why=spoken_of(STAY["why"], case),
        abroad=other is None,
    )
    with a_deed():
        give_move_notice(by=case.case_manager, case=case, stay=stay)
    return 1


def leave_releases(desk: Desk, cases: CasesAtHand) -> int:
    """Two releases that are expected: nobody has acknowledged the first; the second is known on both sides."""
    given = 0
    for number, words in enumerate(RELEASES):
        case = cases.take(standing__in_custody=True) or cases.take(standing__supervised=True)
        if case is None or case.case_manager is None or case.police_officer is None:
            return given
        planned = Planned(
            expected_on=timezone.localdate() + timedelta(days=words.in_days),
            area=desk.area,
            going_to=words.going_to,
            conditions=words.conditions,
            told=words.told,
            prison=desk.attendees["prison"].agency,
        )
        prison = desk.attendees["prison"].person
        with a_deed():
            if prison is not None and not number:
                notice = give_release_notice(by=prison, typed=_typed(case), planned=planned)
            else:
                notice = give_release_notice(by=case.case_manager, case=case, planned=planned)
        if number:
            for person in (case.police_officer, desk.coordinator):
                with a_deed():
                    acknowledge_release(by=person, notice=notice)
        given += 1
    return given


def _typed(case: Case) -> Typed:
    """The person as a prison knows them: it sees no case, and the coordinator finds out which one it is."""
    name = f"{case.person.given_names} {case.person.family_name}"
    return Typed(person_name=name, born_on=case.person.born_on, prison_number="XX0000")
