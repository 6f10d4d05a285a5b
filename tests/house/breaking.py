"""For each constraint on who sees, who looks and who answers: a row that breaks it."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import F, Model
from django.utils import timezone
from tests.emergency.scene import a_scene, opened
from tests.notes import build as notes
from tests.oversight.build import found
from tests.timeline.build import ago, make_person, today

from openmappa.accounts.models import Cover, Managing, User
from openmappa.audit.models import Event
from openmappa.audit.services import log
from openmappa.cases.models import Case, Involvement
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.emergency.models import BreakGlass
from openmappa.notices.models import Mailing, Notice
from openmappa.people.models import Posting, SetUpCode
from openmappa.retention.models import Disposal, Hold, Review
from openmappa.signin.models import OpenSession, OutsideIdentity
from openmappa.timeline.models import Acknowledgement, ChangeNotice, Fact


def cover(**changed: object) -> None:
    by, absent, covering = (make_person(Role.LINE_MANAGER) for _ in range(3))
    plain = {"absent": absent, "covering": covering, "from_on": today(), "until_on": today(), "arranged_by": by}
    named = {name: absent if value == "the absent" else value for name, value in changed.items()}
    Cover.objects.create(reason="Leave", **(plain | named))


def managing_twice(case: Case) -> None:
    manager = make_person(Role.LINE_MANAGER)
    for _ in range(2):
        Managing.objects.create(manager=manager, unit=manager.unit)


def given(case: Case, **changed: object) -> None:
    plain = {"kind": InvolvementKind.INVITED, "person": make_person(Role.LINE_MANAGER), "from_at": timezone.now()}
    Involvement.objects.create(case=case, reason="A meeting", **(plain | changed))


def again(row: Model, **changed: Any) -> None:
    """The same row once more, changed: past the services, which would refuse it first."""
    row.pk, row._state.adding = None, True
    for name, value in {"key": uuid.uuid4(), "submission": None, **changed}.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def corrects_itself(case: Case) -> None:
    row = notes.note(case)
    free = row.pk + 100_000
    again(row, pk=free, supersedes_id=free)


def access(**changed: object) -> None:
    scene = a_scene()
    BreakGlass.objects.filter(pk=opened(scene.stranger, scene.case).pk).update(**changed)


def notice(**changed: object) -> None:
    plain = {"to": make_person(Role.AUDITOR), "kind": "test", "words": "Something."}
    Notice.objects.create(**(plain | changed))


def posting(**changed: object) -> None:
    person, by = make_person(Role.POLICE_OFFICER), make_person(Role.ADMINISTRATOR)
    plain = {
        "person": person,
        "kind": "moved",
        "state": "done",
        "name": "X",
        "role": "police_officer",
        "rank": "none",
        "reason": "A reason",
        "asked_by": by,
        "decided_by": by,
        "decided_at": timezone.now(),
    }
    Posting.objects.create(
        **(plain | {key: person if value == "themselves" else value for key, value in changed.items()})
    )


def waits_twice(case: Case) -> None:
    person, by = make_person(Role.POLICE_OFFICER), make_person(Role.ADMINISTRATOR)
    asked = {"person": person, "kind": "moved", "state": "waiting", "name": "X", "role": "auditor", "rank": "none"}
    for _ in range(2):
        Posting.objects.create(**asked, reason="A reason", asked_by=by, needs_second=True)


def review(case: Case, **changed: object) -> Review:
    plain = {
        "on": today(),
        "decision": "keep",
        "grounds": ["links"],
        "words": "x",
        "group": 1,
        "next_on": ago(-10),
        "pack": "any",
    }
    return Review.objects.create(case=case, by=make_person(Role.LINE_MANAGER), **(plain | changed))


def disposal(case: Case, **changed: object) -> Disposal:
    made = review(case, decision="dispose", next_on=None)
    return Disposal.objects.create(case=case, review=made, decided_by=made.by, **changed)


def judged(**changed: object) -> dict[str, object]:
    plain = {"judged_by": make_person(Role.AUDITOR), "judged_at": timezone.now(), "judged_words": "x"}
    return plain | changed


def approves_own(case: Case) -> None:
    one = make_person(Role.LINE_MANAGER)
    made = review(case, decision="dispose", next_on=None)
    Disposal.objects.create(case=case, review=made, decided_by=one, outcome="approved", **judged(judged_by=one))


def hold(case: Case, **changed: object) -> None:
    Hold.objects.create(case=case, placed_by=make_person(Role.LINE_MANAGER), **({"reason": "x"} | changed))


def unusual(**changed: object) -> None:
    person = make_person(Role.POLICE_OFFICER)
    found(person, **{key: person if value == "the reader" else value for key, value in changed.items()})


def told_twice(case: Case) -> None:
    person = make_person(Role.POLICE_OFFICER)
    found(person)
    found(person)


def identity(person: User, subject: str) -> None:
    OutsideIdentity.objects.create(provider="northshire", person=person, subject=subject, linked_by=None)


def same_outside(case: Case) -> None:
    identity(make_person(Role.AUDITOR), "one")
    identity(make_person(Role.AUDITOR), "one")


def two_outside(case: Case) -> None:
    person = make_person(Role.AUDITOR)
    identity(person, "one")
    identity(person, "two")


def change(case: Case, **changed: object) -> ChangeNotice:
    """A notice of change of an incident, changed: past the services."""
    plain = {"what": "circumstances", "rule": "incident", "opened_at": timezone.now(), "due_on": today()}
    plain |= {"fact": Fact.objects.filter(case=case).earliest("pk"), "opened_by": make_person(Role.LINE_MANAGER)}
    return ChangeNotice.objects.create(case=case, **(plain | changed))


def acknowledgement(case: Case, **changed: object) -> None:
    plain: dict[str, Any] = {"person": make_person(Role.LINE_MANAGER), "why": "given", "due_on": today()}
    notice = changed.pop("notice", None) or change(case)
    Acknowledgement.objects.create(case=case, notice=notice, **(plain | changed))


def acknowledged_twice(case: Case) -> None:
    one, notice = make_person(Role.LINE_MANAGER), change(case)
    for _ in range(2):
        acknowledgement(case, notice=notice, person=one)


HOUR, DAY = timedelta(hours=1), timedelta(days=1)

BREAKS: dict[str, Callable[[Case], object]] = {
    "cover_ends_after_it_begins": lambda case: cover(until_on=ago(1)),
    "cover_is_by_somebody_else": lambda case: cover(covering="the absent"),
    "cover_ended_by_somebody": lambda case: cover(ended_on=today()),
    "managing_a_unit_once": managing_twice,
    "case_restricted_with_a_contact_and_a_reason": lambda case: Case.objects.filter(pk=case.pk).update(restricted=True),
    "involvement_kind_is_known": lambda case: given(case, kind="friendship"),
    "involvement_is_of_one_person_unit_or_agency": lambda case: given(case, unit=case.police_unit),
    "involvement_ends_after_it_begins": lambda case: given(case, until_at=timezone.now() - DAY),
    "involvement_ended_at_an_instant": lambda case: given(case, end_reason="Over"),
    "event_operation_is_known": lambda case: log(by=None, verb="look", operation="gossip"),
    "event_outcome_is_known": lambda case: log(by=None, verb="look", outcome="perhaps"),
    "event_channel_is_known": lambda case: Event.objects.create(by_name="x", verb="look", channel="pigeon"),
    "note_compartment_is_known": lambda case: again(notes.note(case), compartment="attic"),
    "note_basis_is_known": lambda case: again(notes.note(case), basis="rumour"),
    "note_concern_is_known": lambda case: again(notes.note(case), concerns="neighbour"),
    "note_is_graded_as_intelligence_only": lambda case: again(notes.note(case), handling=1),
    "note_on_a_victim_is_not_open": lambda case: again(notes.note(case), concerns="victim"),
    "note_voided_by_somebody_with_a_reason": lambda case: again(notes.note(case), void_reason="Wrong"),
    "note_says_something": lambda case: again(notes.note(case), text=""),
    "note_corrects_another": corrects_itself,
    "attachment_compartment_is_known": lambda case: again(notes.file(case), compartment="attic"),
    "attachment_basis_is_known": lambda case: again(notes.file(case), basis="rumour"),
    "attachment_concern_is_known": lambda case: again(notes.file(case), concerns="neighbour"),
    "attachment_is_graded_as_intelligence_only": lambda case: again(notes.file(case), handling=1),
    "attachment_on_a_victim_is_not_open": lambda case: again(notes.file(case), concerns="victim"),
    "attachment_voided_by_somebody_with_a_reason": lambda case: again(notes.file(case), void_reason="Wrong"),
    "attachment_media_type_is_taken_in": lambda case: again(notes.file(case), media_type="application/x-msdownload"),
    "attachment_bytes_are_known": lambda case: again(notes.file(case), sha256="unknown"),
    "notice_links_stay_within_the_service": lambda case: notice(link="//elsewhere.example/"),
    "notice_is_read_after_it_was_sent": lambda case: notice(read_at=timezone.now() - DAY),
    "notice_is_mailed_after_it_was_sent": lambda case: notice(mailed_at=timezone.now() - DAY),
    "mailing_failed_with_a_reason": lambda case: Mailing.objects.create(person=make_person(Role.AUDITOR), tries=1),
    "user_mail_is_known": lambda case: User.objects.filter(pk=make_person(Role.AUDITOR).pk).update(mail="hourly"),
    "user_email_is_an_address": lambda case: User.objects.filter(pk=make_person(Role.AUDITOR).pk).update(email="x"),
    "change_is_known": lambda case: change(case, what="weather"),
    "change_of_a_level_says_from_what_to_what": lambda case: change(case, what="harm", before="low", after="low"),
    "change_has_a_fact_or_a_note": lambda case: change(case, fact=None),
    "change_is_told_in_front_of_the_walls": lambda case: change(case, compartment="victim"),
    "change_withdrawn_by_somebody": lambda case: change(case, withdrawn_at=timezone.now()),
    "change_of_a_fact_is_told_once": lambda case: (change(case), change(case)),
    "acknowledgement_once_a_person": acknowledged_twice,
    "acknowledgement_reason_is_known": lambda case: acknowledgement(case, why="curious"),
    "acknowledgement_comment_comes_with_it": lambda case: acknowledgement(case, comment="Done."),
    "acknowledgement_given_or_lapsed": lambda case: acknowledgement(
        case, acknowledged_at=timezone.now(), lapsed_at=timezone.now()
    ),
    "acknowledgement_escalated_to_somebody": lambda case: acknowledgement(case, escalated_at=timezone.now()),
    "break_glass_kind_is_known": lambda case: access(kind="curiosity"),
    "break_glass_says_why": lambda case: access(reason=""),
    "break_glass_ends_after_it_begins": lambda case: access(until_at=timezone.now() - DAY),
    "break_glass_judged_by_somebody_with_words": lambda case: access(judged_at=timezone.now()),
    "break_glass_judged_by_somebody_else": lambda case: access(
        judged_by=F("by"), judged_at=timezone.now(), outcome="justified", words="Mine."
    ),
    "posting_kind_is_known": lambda case: posting(kind="vanished"),
    "posting_is_decided_or_waits": lambda case: posting(decided_at=None),
    "posting_that_gives_more_has_two_people": lambda case: posting(needs_second=True),
    "posting_is_asked_by_somebody_else": lambda case: posting(asked_by="themselves"),
    "posting_is_decided_by_somebody_else": lambda case: posting(decided_by="themselves"),
    "posting_has_a_reason": lambda case: posting(reason=""),
    "posting_waits_one_at_a_time": waits_twice,
    "set_up_code_ends_after_it_begins": lambda case: SetUpCode.objects.create(
        person=make_person(Role.AUDITOR), code_hash="0" * 64, made_at=timezone.now(), until_at=timezone.now() - HOUR
    ),
    "review_decision_is_known": lambda case: review(case, decision="burn"),
    "review_has_grounds_and_says_why": lambda case: review(case, grounds=[]),
    "review_that_keeps_says_when_next": lambda case: review(case, next_on=None),
    "review_is_before_the_next": lambda case: review(case, next_on=today()),
    "hold_says_why": lambda case: hold(case, reason=""),
    "hold_lifted_by_somebody_with_a_reason": lambda case: hold(case, lifted_at=timezone.now()),
    "disposal_outcome_is_known": lambda case: disposal(case, outcome="lost", **judged()),
    "disposal_judged_by_somebody_with_words": lambda case: disposal(case, judged_words="x"),
    "disposal_approved_by_somebody_else": approves_own,
    "disposal_waits_once_for_a_case": lambda case: (disposal(case), disposal(case)),
    "unusual_reading_is_told_once_a_day": told_twice,
    "unusual_reading_measure_is_known": lambda case: unusual(measure="coffee"),
    "unusual_reading_stop_ends_later": lambda case: unusual(stopped_until=timezone.now() - HOUR),
    "unusual_reading_is_judged_with_words": lambda case: unusual(
        judged_at=timezone.now(), judged_by=make_person(Role.AUDITOR), finding="explained", judgement=""
    ),
    "unusual_reading_is_judged_by_another": lambda case: unusual(
        judged_at=timezone.now(), judged_by="the reader", finding="explained", judgement="Mine."
    ),
    "outside_identity_is_one_persons": same_outside,
    "outside_identity_one_for_each_person": two_outside,
    "session_ended_for_a_reason_and_its_key_forgotten": lambda case: OpenSession.objects.create(
        person=make_person(Role.AUDITOR), session_key="k", how="password", ended_at=timezone.now()
    ),
}
