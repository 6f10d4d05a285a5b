"""Made-up meetings, their lines and minutes, past the services, for tests of what the database itself holds."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from openmappa.accounts.models import Agency, User
from openmappa.cases.models import Case
from openmappa.core.access import Rank, Role
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting, Sitting
from openmappa.minutes.models.copies import Copy, Filing, Handout, Telling
from openmappa.minutes.models.minutes import Line, Minutes
from openmappa.minutes.models.running import Chairing, Entry, Running
from tests.timeline.build import ago, make_person, today, write

Say = Callable[[str], str]


def a_coordinator(case: Case | None = None) -> User:
    return make_person(Role.MAPPA_COORDINATOR, area=case.area if case else None, rank=Rank.INSPECTOR)


def a_housing_officer(case: Case | None = None) -> User:
    return make_person(Role.PARTNER_MEMBER, area=case.area if case else None, kind="partner")


def a_meeting(case: Case, by: User, *, opened: bool = True, **changed: Any) -> Meeting:
    """A meeting on the case that began a minute ago, in a sitting of its own."""
    now = timezone.now()
    sitting = Sitting.objects.create(
        area=case.area,
        level=changed.pop("level", 2),
        starts_at=now - timedelta(minutes=5),
        ends_at=now + timedelta(hours=2),
        place="County Hall",
        room="12",
        chair=by,
        called_by=by,
        called_at=now,
    )
    began = {"opened_at": now - timedelta(minutes=1), "opened_by": by} if opened else {}
    plain = {"number": 1, "starts_at": sitting.starts_at, "why": "x", "listed_by": by, "listed_at": now}
    return Meeting.objects.create(sitting=sitting, case=case, **(plain | began | changed))


def closed(meeting: Meeting, by: User, on: Any = None) -> Meeting:
    meeting.fact = write(meeting.case, "mappa_meeting_held", on or today(), by=by, level=meeting.sitting.level)
    meeting.closed_at, meeting.closed_by, meeting.review_on = timezone.now(), by, ago(-60)
    meeting.save()
    return meeting


def an_invitee(meeting: Meeting, by: User, person: User | None = None, **changed: Any) -> Invitee:
    who = person or by
    plain: dict[str, Any] = {
        "person": person,
        "agency": who.agency,
        "name": who.full_name,
        "post": "Officer",
        "kind": "case",
        "invited_by": by,
        "invited_at": timezone.now(),
    }
    return Invitee.objects.create(meeting=meeting, case=meeting.case, **(plain | changed))


def attended(invitee: Invitee, by: User, **changed: Any) -> Invitee:
    said = {"attendance": "attended", "attended_rank": Rank.SERGEANT, "noted_by": by, "noted_at": timezone.now()}
    for name, value in (said | changed).items():
        setattr(invitee, name, value)
    invitee.save()
    return invitee


def running(meeting: Meeting, by: User, **changed: Any) -> Running:
    plain = {"changed_by": by, "changed_at": timezone.now()}
    return Running.objects.create(meeting=meeting, case=meeting.case, **(plain | changed))


def a_chairing(meeting: Meeting, by: User, **changed: Any) -> Chairing:
    now = timezone.now()
    plain = {"person": by, "from_at": now, "noted_by": by, "noted_at": now}
    return Chairing.objects.create(meeting=meeting, case=meeting.case, **(plain | changed))


def an_entry(meeting: Meeting, by: User, kind: str = "said", **changed: Any) -> Entry:
    now = timezone.now()
    plain: dict[str, Any] = {
        "key": uuid.uuid4(),
        "item": "information",
        "text": "x",
        "written_by": by,
        "written_at": now,
        "changed_by": by,
        "changed_at": now,
        "revision": 1,
    }
    return Entry.objects.create(meeting=meeting, kind=kind, **({"case": meeting.case} | plain | changed))


def some_minutes(meeting: Meeting, by: User, **changed: Any) -> Minutes:
    plain: dict[str, Any] = {
        "reference": meeting.case.reference,
        "level": meeting.sitting.level,
        "held_on": today(),
        "marking": "OFFICIAL-SENSITIVE",
        "drafted_by": by,
        "drafted_at": timezone.now(),
    }
    return Minutes.objects.create(meeting=meeting, case=meeting.case, **(plain | changed))


def a_line(minutes: Minutes, number: int = 1, **changed: object) -> Line:
    plain = {"kind": "said", "compartment": "open", "heading": "x", "text": "x"}
    return Line.objects.create(minutes=minutes, case_id=minutes.case_id, number=number, **(plain | changed))


def issued(minutes: Minutes, by: User) -> Minutes:
    now = timezone.now()
    minutes.checked_by = minutes.issued_by = by
    minutes.checked_at = minutes.issued_at = now
    minutes.save()
    return minutes


def a_copy(minutes: Minutes, by: User, number: int = 1, **changed: Any) -> Copy:
    who = changed.get("person") or by
    plain = {"agency": who.agency, "recipient": who.full_name, "compartments": ["open"], "made_by": by, "of": 9}
    return Copy.objects.create(
        minutes=minutes, case_id=minutes.case_id, number=number, made_at=timezone.now(), **(plain | changed)
    )


def a_filing(minutes: Minutes, by: User, agency: Agency | None = None, **changed: Any) -> Filing:
    return Filing.objects.create(
        minutes=minutes,
        case_id=minutes.case_id,
        agency=agency or by.agency,
        filed_by=by,
        filed_at=timezone.now(),
        **changed,
    )


def a_telling(minutes: Minutes, by: User, **changed: Any) -> Telling:
    teller = make_person(Role.CASE_MANAGER)
    plain: dict[str, Any] = {"told_on": today(), "told_by": teller, "how": "meeting", "words": "x"}
    fact = write(minutes.case, "offender_informed", today(), by=teller)
    return Telling.objects.create(
        minutes=minutes,
        case_id=minutes.case_id,
        fact=fact,
        recorded_by=by,
        recorded_at=timezone.now(),
        **(plain | changed),
    )


def everything(case: Case, by: User, say: Say) -> Minutes:
    """A row in every table of minutes, every text filled with what ``say`` gives for its column."""
    meeting = a_meeting(case, by)
    running(meeting, by, level_reasons=say("Running.level_reasons"), review_reason=say("Running.review_reason"))
    a_chairing(meeting, by)
    an_entry(
        meeting,
        by,
        "decision",
        **{name: say(f"Entry.{name}") for name in ("who", "text", "reasons", "dissent", "plain_words")},
    )
    an_entry(meeting, by, "disclosure", to_whom=say("Entry.to_whom"))
    minutes = some_minutes(closed(meeting, by), by)
    said = {name: say(f"Line.{name}") for name in ("heading", "label", "text", "plain_words")}
    a_line(minutes, 1, **{"kind": "decision", **said})
    issued(minutes, by)
    correction = some_minutes(
        meeting, by, number=2, corrects=minutes, correction_reason=say("Minutes.correction_reason")
    )
    copy = a_copy(
        minutes,
        by,
        recipient=say("Copy.recipient"),
        post=say("Copy.post"),
        withdrawn_by=by,
        withdrawn_at=timezone.now(),
        withdraw_reason=say("Copy.withdraw_reason"),
    )
    Handout.objects.create(case=case, copy=copy, taken_by=by, taken_at=timezone.now())
    a_filing(minutes, by)
    a_telling(minutes, by, words=say("Telling.words"), response=say("Telling.response"))
    a_line(correction)
    return minutes


def minutes_addresses(case: Case, by: User) -> dict[str, dict[str, Any]]:
    """What addresses name: a meeting that runs with a line and an invitee, and minutes of another with a copy."""
    meeting = a_meeting(case, by)
    running(meeting, by)
    a_chairing(meeting, by)
    runs = {"meeting": meeting.key}
    draft = some_minutes(closed(a_meeting(case, by), by), by)
    line, copy = a_line(draft), a_copy(draft, by)
    return {
        "meeting_running": runs,
        "meeting_line": runs | {"entry": an_entry(meeting, by).key},
        "meeting_invitee": runs | {"invitee": an_invitee(meeting, by).key},
        "minutes": {"minutes": draft.key},
        "minutes_line": {"minutes": draft.key, "line": line.key},
        "minutes_copy": {"minutes": draft.key, "copy": copy.key},
    }
