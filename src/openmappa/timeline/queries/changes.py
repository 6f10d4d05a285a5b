"""Reading what changed on a case and who knew of it when (9.10), and what waits for one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.changes import sentence
from openmappa.core.compartments import WALLED, Compartment
from openmappa.core.packs.change_rules import ChangeRules, LevelRule, What
from openmappa.core.packs.load import load_changes, packs_in_service
from openmappa.core.recording import TO_RECORD
from openmappa.core.standards.facts import Fact as CoreFact
from openmappa.notes.models import open_compartments
from openmappa.timeline.models import Acknowledgement, AcknowledgementQuerySet, ChangeNotice, ChangeNoticeQuerySet, Duty
from openmappa.timeline.queries.standards import services_that_acknowledge

ACKNOWLEDGED = "risk_change_acknowledged"
VICTIM_RISK = "The risk to a victim changed"


@dataclass(frozen=True)
class ShownChange:
    """One change as pages show it: the notice in words, and each person who must know."""

    notice: ChangeNotice
    words: str
    known: tuple[Acknowledgement, ...]
    own: Acknowledgement | None
    """The reader's own acknowledgement, given or not; None where they are not among those who must know."""
    note_words: str = ""
    """What the note behind it says, where the reader reads it without proving once more who they are."""

    @property
    def waits_for_reader(self) -> bool:
        """Whether the reader still has to acknowledge it."""
        return self.own is not None and self.own.is_waiting and not self.notice.is_withdrawn

    @property
    def waiting(self) -> int:
        """For how many people it waits."""
        return 0 if self.notice.is_withdrawn else sum(each.is_waiting for each in self.known)


def rules_in_service() -> ChangeRules:
    """The rules by which others are told of what changes now."""
    return load_changes(packs_in_service()[-1].name)


def in_words(notice: ChangeNotice) -> str:
    """What changed, in one sentence without its full stop."""
    if notice.what == What.VICTIM_RISK:
        return VICTIM_RISK
    return sentence(notice.rule, notice.before, notice.after, rules_in_service())


def changes_of(case: Case) -> ChangeNoticeQuerySet:
    """The notices of change of a case, newest first, with who must know. Two queries when read."""
    people = Acknowledgement.objects.select_related("person__agency")
    return (
        ChangeNotice.objects.filter(case=case)
        .select_related("case", "fact", "note", "opened_by", "withdrawn_by", "contact__agency")
        .prefetch_related(Prefetch("acknowledgements", queryset=people))
    )


def shown(found: Iterable[ChangeNotice], reader: User) -> list[ShownChange]:
    """These notices as pages show them to a reader. No query beyond those of ``changes_of``."""
    notices, changes = list(found), []
    opened = open_compartments(reader, notices[0].case) - WALLED if notices else frozenset()
    for notice in notices:
        known = tuple(notice.acknowledgements.all())
        own = next((each for each in known if each.person_id == reader.pk), None)
        changes.append(ShownChange(notice, in_words(notice), known, own, _note_words(notice, opened)))
    return changes


def _note_words(notice: ChangeNotice, opened: frozenset[Compartment]) -> str:
    note = notice.note
    return note.text if note is not None and note.stands_in in opened and not note.is_voided else ""


def waiting_for(user: User) -> AcknowledgementQuerySet:
    """What this person still has to acknowledge, the most urgent first. One query on a partial index."""
    rows = Acknowledgement.objects.waiting().filter(person=user)
    return rows.select_related("notice", "case__person").order_by("due_on", "pk")


def overdue_acknowledgements(user: User) -> AcknowledgementQuerySet:
    """The acknowledgements that are overdue today on cases that this person sees, the longest overdue first.

    With the people who owe them, for whoever answers for those people's work. One query.
    """
    rows = Acknowledgement.objects.overdue_on(timezone.localdate())
    seen = rows.filter(case__in=Case.objects.visible_to(user))
    return seen.select_related("notice", "case__person", "person__unit", "person__agency").order_by("due_on", "pk")


def fact_that_meets_the_duty(by: User, case: Case, notice: ChangeNotice) -> CoreFact | None:
    """The fact by which this person's acknowledging also meets an open duty of their service; None where none is open.

    One query at most.
    """
    rule = rules_in_service().rule(notice.rule)
    other = services_that_acknowledge().get(rule.field) if isinstance(rule, LevelRule) else None
    if other is None or other.service != by.service or not by.may(TO_RECORD[ACKNOWLEDGED]):
        return None
    today: date = timezone.localdate()
    if not Duty.objects.open().filter(case=case, standard__in=other.standards, opened_on__lte=today).exists():
        return None
    return CoreFact(ACKNOWLEDGED, today, {"service": other.service}, today)


def waiting_on(case: Case, user: User) -> int:
    """How many changes of this case wait for this person to acknowledge them. One query."""
    return Acknowledgement.objects.waiting().filter(case=case, person=user).count()
