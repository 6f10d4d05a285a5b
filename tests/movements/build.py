"""Made-up notices of releases and temporary moves, and the people who give and read them."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import Area, User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.movements.models.move import TemporaryMove
from openmappa.movements.models.release import ArrivalNote, ReleaseAcknowledgement, ReleaseNotice
from openmappa.movements.services.moves import Stay, give_move_notice
from openmappa.movements.services.releases import Planned, Typed, give_release_notice
from openmappa.timeline.models import Fact
from tests.timeline.build import ago, make_area, make_person, write


def in_days(days: int) -> date:
    return ago(-days)


def a_prison_member(area: Area | None = None) -> User:
    return make_person(Role.PARTNER_MEMBER, area=area, kind="prison")


def a_coordinator(area: Area | None = None) -> User:
    return make_person(Role.MAPPA_COORDINATOR, area=area)


def planned(area: Area | None = None, days: int = 30, **more: Any) -> Planned:
    said = {"going_to": "12 Sample Street", "prison_name": "HMP Sample"}
    return Planned(in_days(days), area or make_area(), **(said | more))


def typed(name: str = "Sample Testcase", **more: Any) -> Typed:
    said: dict[str, Any] = {"born_on": date(1961, 4, 2), "prison_number": "A1234BC"}
    return Typed(name, **(said | more))


def given(
    by: User, *, case: Case | None = None, area: Area | None = None, days: int = 30, **more: Any
) -> ReleaseNotice:
    """A notice given by somebody: of a case, or of somebody typed."""
    with as_person(by):
        return give_release_notice(by=by, planned=planned(area, days, **more), typed=typed(), case=case)


def moved(by: User, case: Case, host: User | None, *, first: int = 3, last: int = 6, **more: Any) -> TemporaryMove:
    """Notice of a temporary move given by somebody."""
    said: dict[str, Any] = {"kind": "family", "place": "4 Sample Row", "abroad": host is None}
    stay = Stay(from_on=in_days(first), until_on=in_days(last), host=host, **(said | more))
    with as_person(by):
        return give_move_notice(by=by, case=case, stay=stay)


def a_notice_row(case: Case | None, by: User, **changed: Any) -> ReleaseNotice:
    """A row as it stands in the table, whatever a service would say of it."""
    now = timezone.now()
    plain: dict[str, Any] = {
        "given_by": by,
        "given_at": now,
        "given_on": timezone.localdate(now),
        "agency": by.agency,
        "prison_name": "HMP Sample",
        "person_name": "Sample Testcase",
        "area": case.area if case else make_area(),
        "expected_on": in_days(30),
        "going_to": "12 Sample Street",
        "case": case,
        "matched_by": by if case else None,
        "matched_at": now if case else None,
    }
    return ReleaseNotice.objects.create(**(plain | changed))


def a_move_row(case: Case, by: User, **changed: Any) -> TemporaryMove:
    """A row of a stay abroad as it stands in the table."""
    plain: dict[str, Any] = {
        "case": case,
        "kind": "holiday",
        "from_on": in_days(3),
        "until_on": in_days(6),
        "place": "Sample Bay",
        "abroad": True,
        "given_by": by,
        "given_at": timezone.now(),
    }
    return TemporaryMove.objects.create(**(plain | changed))


def an_acknowledgement(notice: ReleaseNotice, person: User) -> ReleaseAcknowledgement:
    return ReleaseAcknowledgement.objects.create(
        notice=notice, person=person, of_day=notice.expected_on, at=timezone.now()
    )


def released(case: Case, on: date) -> Fact:
    """Custody that ended on a day, and began a year before unless the case is in custody already."""
    if not Fact.objects.filter(case=case, kind="custody_started").exists():
        write(case, "custody_started", on - timedelta(days=365))
    return write(case, "custody_ended", on)


def an_arrival_note(case: Case, by: User, **changed: Any) -> ArrivalNote:
    fact = released(case, ago(1))
    plain: dict[str, Any] = {"prison_name": "HMP Sample", "noted_by": by, "noted_at": timezone.now()}
    return ArrivalNote.objects.create(fact=fact, case=case, **(plain | changed))


def everything_of_a_move(case: Case, by: User, secret: str) -> None:
    """A row in every table of movements, each with a word that must never be left behind."""
    notice = a_notice_row(case, by, person_name=secret, conditions=secret, told=secret, going_to=secret)
    an_acknowledgement(notice, by)
    ReleaseNotice.objects.filter(pk=notice.pk).update(moved_reason=secret)
    ReleaseAcknowledgement.objects.filter(notice=notice).update(words=secret)
    a_move_row(case, by, place=secret, contact=secret, why=secret)
    an_arrival_note(case, by, words=secret)
