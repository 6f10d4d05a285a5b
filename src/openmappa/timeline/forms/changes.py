"""What others did to a case since a form was opened: facts, notes and files, as far as this person reads them."""

from collections.abc import Iterator

from django.utils import timezone

from openmappa.core.standards.words import describe_in_sentence
from openmappa.notes.models import Attachment, Entry, Note
from openmappa.timeline.forms.saving import SHOWN, Change
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.facts import core_fact
from openmappa.timeline.queries.frame import CaseFrame

WITHDRAWN = "that something on it is read by fewer people now"


def changes_since(frame: CaseFrame, how_many: int) -> list[Change]:
    """The last so many things done to a case, oldest first, no more than are shown. Six queries.

    The version of a record counts each of them (``notes.queries.record_version``), so their number says which they are.
    """
    if how_many <= 0:
        return [Change("Somebody", WITHDRAWN, timezone.now())]
    found = sorted([*_of_facts(frame), *_of_entries(frame)], key=lambda change: change.at)
    return found[-min(how_many, SHOWN) :]


def _of_facts(frame: CaseFrame) -> Iterator[Change]:
    rows = Fact.objects.filter(case=frame.case).select_related("recorded_by", "voided_by")
    for fact in rows.order_by("-recorded_at")[:SHOWN]:
        yield Change(str(fact.recorded_by or "An import"), describe_in_sentence(core_fact(fact)), fact.recorded_at)
    for fact in rows.filter(voided_at__isnull=False).order_by("-voided_at")[:SHOWN]:
        if fact.voided_at is not None:
            said = f"that this was a mistake: {describe_in_sentence(core_fact(fact))}"
            yield Change(str(fact.voided_by), said, fact.voided_at)


def _of_entries(frame: CaseFrame) -> Iterator[Change]:
    for model, words in ((Note, "a note"), (Attachment, "a file")):
        rows = model.objects.open_to(frame.user, frame.case).select_related("written_by", "voided_by")
        for entry in rows.order_by("-written_at")[:SHOWN]:
            yield Change(str(entry.written_by), f"{words}{_where(entry)}", entry.written_at)
        for entry in rows.filter(voided_at__isnull=False).order_by("-voided_at")[:SHOWN]:
            if entry.voided_at is not None:
                yield Change(str(entry.voided_by), f"that {words}{_where(entry)} was a mistake", entry.voided_at)


def _where(entry: Entry) -> str:
    """Where it stands, and not a word of what it says: the reader may not have proved yet who they are."""
    return f" ({entry.stands_in.label.lower()})"
