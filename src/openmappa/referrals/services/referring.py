"""Referring somebody to MAPPA: a draft, sending it, answering what the coordinator asks."""

import uuid
from dataclasses import asdict, dataclass, replace
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from openmappa.accounts.models import Area, User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.cases.models import Case, Involvement
from openmappa.core.access import Permission, Role
from openmappa.core.involvement import InvolvementKind
from openmappa.core.mappa.screening import clock
from openmappa.notices.services import tell
from openmappa.referrals.errors import NotReferred
from openmappa.referrals.models.referral import MoreAsked, Referral, VictimPart
from openmappa.referrals.queries.rules import referral_rules
from openmappa.referrals.queries.waiting import pauses_of

KIND = "referral"
"""The kind of the notices about referrals."""
SENT = "This referral was sent already. It does not change any more; the coordinator asks where something is missing."
NO_AREA = "You belong to no area, so nobody would receive this referral. Ask an administrator to give you one."
NOBODY_NAMED = (
    "This case is restricted, and no MAPPA coordinator is named for it, so nobody would receive the referral. Ask "
    "whoever restricted it to name the coordinator first."
)
NOTHING_SAID = "Answer every question first. What you typed is kept as a draft."


@dataclass(frozen=True)
class Said:
    """What the referrer says, as the form has it; None or "" where it is not answered yet."""

    name: str = ""
    born_on: date | None = None
    address: str = ""
    tests: tuple[str, ...] = ()
    why: str = ""
    adds: str = ""
    children: bool | None = None
    children_words: str = ""
    victims: bool | None = None
    victim_words: str = ""
    urgent: bool | None = None
    urgent_words: str = ""
    proposed_level: int | None = None

    def is_whole(self, case: Case | None) -> bool:
        """Whether it can be sent: everything that has to be said is."""
        answered = None not in (self.children, self.victims, self.urgent, self.proposed_level)
        return answered and bool(self.why and self.adds) and (case is not None or bool(self.name))


def save_draft(*, by: User, said: Said, case: Case | None = None, draft: Referral | None = None) -> Referral:
    """Keep what was typed so far, for the referrer alone. Raises NotAllowed, NotReferred (sent already, no area)."""
    require(by, Permission.REFER_TO_MAPPA)
    with transaction.atomic():
        row = _draft(by, case, draft)
        _say(row, said)
        log(by=by, verb="save referral", case_id=row.case_id, about={"referral": row.pk})
        return row


def send_referral(
    *,
    by: User,
    said: Said,
    case: Case | None = None,
    draft: Referral | None = None,
    submission: uuid.UUID | None = None,
) -> Referral:
    """Send a referral to the coordinators of the area, who are told. The same form sent again returns the first.

    With ``case`` it is about a case that the referrer sees; else about somebody typed in, whom the coordinator matches.
    Raises NotAllowed, NotReferred (something is missing, sent already, nobody would receive it).
    """
    require(by, Permission.REFER_TO_MAPPA)
    with transaction.atomic():
        earlier = Referral.objects.filter(submission=submission, referred_by=by).first() if submission else None
        if earlier is not None:
            return earlier
        if not said.is_whole(draft.case if draft else case):
            raise NotReferred(NOTHING_SAID)
        row = _draft(by, case, draft)
        receivers = coordinators_for(row.area, row.case)
        if not receivers and row.case is not None and row.case.restricted:
            raise NotReferred(NOBODY_NAMED)
        now = timezone.now()
        row.sent_at, row.submission = now, submission
        row.due_on = _due_on(row, said.urgent is True)
        _say(row, said)
        log(by=by, verb="refer to mappa", case_id=row.case_id, about={"referral": row.pk, "urgent": row.urgent})
        urgent = "An urgent referral" if row.urgent else "A referral"
        _tell(receivers, f"{urgent} to MAPPA came in: {row.reference}. Screen it by its day.", row, "referrals:screen")
        return row


def discard_draft(*, by: User, draft: Referral) -> None:
    """Throw a draft of one's own away. Raises NotAllowed, NotReferred (sent already, somebody else's)."""
    require(by, Permission.REFER_TO_MAPPA)
    with transaction.atomic():
        row = _own_draft(by, draft)
        log(by=by, verb="discard referral", case_id=row.case_id, about={"referral": row.pk})
        row.delete()


def answer(*, by: User, referral: Referral, words: str) -> MoreAsked:
    """Answer what the coordinator asked: the clock runs again. Doing it again changes nothing.

    Raises NotAllowed, NotReferred (somebody else's referral, nothing was asked, no words).
    """
    require(by, Permission.REFER_TO_MAPPA)
    with transaction.atomic():
        row = Referral.objects.select_for_update(of=("self",)).select_related("case", "area").get(pk=referral.pk)
        if row.referred_by_id != by.pk:
            raise NotReferred("Only whoever sent the referral answers what was asked about it.")
        asked = row.asked.order_by("-asked_at").first()
        if asked is None:
            raise NotReferred("Nothing was asked about this referral.")
        said = words.strip()
        if asked.answered_at is not None:
            if asked.answer == said:
                return asked
            raise NotReferred("This was answered already. What you typed now was not saved.")
        if not said:
            raise NotReferred("Write your answer first.")
        asked.answer, asked.answered_at = said, timezone.now()
        asked.save(update_fields=["answer", "answered_at"])
        row.due_on = _due_on(row, row.urgent is True)
        row.save(update_fields=["due_on"])
        log(by=by, verb="answer about referral", case_id=row.case_id, about={"referral": row.pk})
        words_told = f"What you asked about referral {row.reference} was answered. The clock runs again."
        _tell(coordinators_for(row.area, row.case), words_told, row, "referrals:screen")
        return asked


def coordinators_for(area: Area, case: Case | None) -> list[User]:
    """The coordinators of an area who can read a referral there: of a restricted case, those named for it."""
    people = User.objects.filter(area=area, role=Role.MAPPA_COORDINATOR, is_active=True)
    if case is not None and case.restricted:
        named = Involvement.objects.in_force_at(timezone.now()).filter(case=case, kind=InvolvementKind.NAMED)
        people = people.filter(pk__in=named.values("person"))
    return list(people)


def _due_on(row: Referral, urgent: bool) -> date:
    assert row.sent_at is not None
    pauses = pauses_of(row) if row.pk else []
    time = referral_rules().time
    return clock(timezone.localdate(row.sent_at), pauses, time, urgent=urgent, today=timezone.localdate()).due_on


def _draft(by: User, case: Case | None, draft: Referral | None) -> Referral:
    """The draft to go on with, locked, or a new one that is not stored yet."""
    if draft is not None:
        return _own_draft(by, draft)
    area = case.area if case is not None else by.area or (by.unit.area if by.unit else None)
    if area is None:
        raise NotReferred(NO_AREA)
    now = timezone.now()
    matched = {"case": case, "matched_by": by, "matched_at": now} if case is not None else {}
    return Referral(area=area, agency=by.agency, referred_by=by, started_at=now, saved_at=now, **matched)


def _own_draft(by: User, draft: Referral) -> Referral:
    row = (
        Referral.objects.select_for_update(of=("self",))
        .select_related("case", "area")
        .filter(pk=draft.pk, referred_by=by)
        .first()
    )
    if row is None:
        raise NotReferred("There is no such draft any more.")
    if not row.is_draft:
        raise NotReferred(SENT)
    return row


def _say(row: Referral, said: Said) -> None:
    """Store what was said; of victims in a row of its own, which fewer people read."""
    known = {test.id for test in referral_rules().tests}
    kept = replace(said, tests=tuple(test for test in said.tests if test in known))
    for field, value in asdict(kept).items():
        if field != "victim_words":
            setattr(row, field, [*value] if field == "tests" else value)
    row.saved_at = timezone.now()
    row.save()
    VictimPart.objects.filter(referral=row).delete()
    if said.victims and said.victim_words:
        VictimPart.objects.create(referral=row, case=row.case, text=said.victim_words)


def _tell(people: list[User], words: str, row: Referral, page: str) -> None:
    link = reverse(page, kwargs={"referral": row.key})
    tell(people=people, kind=KIND, words=words, case_id=row.case_id, link=link, due_on=row.due_on)
