"""Sending a form on a case: what the service refused goes back to the form, in the place where it belongs."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from openmappa.core.standards.words import describe_in_sentence
from openmappa.timeline.errors import ChangedMeanwhile, Impossible, NotRecorded
from openmappa.timeline.models import Fact
from openmappa.timeline.queries.facts import core_fact
from openmappa.timeline.services import Recording
from openmappa.ui.forms import CaseForm

SHOWN = 10


@dataclass(frozen=True)
class Change:
    """One thing that somebody else did to the case meanwhile."""

    by: str
    what: str
    at: datetime


@dataclass(frozen=True)
class Conflict:
    """What others did since the form was opened, and the version of the case that this makes."""

    version: int
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Saved:
    """How sending a form went: a recording; or a conflict to show; or neither, and the form has the errors."""

    recording: Recording | None = None
    conflict: Conflict | None = None


def saved(form: CaseForm, record: Callable[[int, uuid.UUID], Recording]) -> Saved:
    """Call ``record(version, submission)`` when the form is valid.

    What cannot have happened becomes an error at its field; a case that moved on becomes a conflict. ``record`` is a
    service bound to the form's answers.
    """
    if not form.is_valid():
        return Saved()
    try:
        return Saved(record(seen_version(form), form.submission_key))
    except Impossible as refused:
        for objection in refused.objections:
            form.refuse(objection.field if objection.field in form.fields else None, objection.sentence)
    except ChangedMeanwhile as changed:
        return Saved(conflict=conflict_of(changed))
    except NotRecorded as refused_otherwise:
        form.refuse(None, str(refused_otherwise))
    return Saved()


def seen_version(form: CaseForm) -> int:
    """The version of the case that the person has seen: as the form was opened, or as accepted since."""
    return form.cleaned_data["accept_version"] or form.cleaned_data["version"] or 0


def conflict_of(changed: ChangedMeanwhile) -> Conflict:
    """What others did since the form was opened, the last of it."""
    return Conflict(changed.version, tuple(_changes(changed.facts))[-SHOWN:])


def _changes(facts: tuple[Fact, ...]) -> Iterator[Change]:
    for fact in facts:
        said = describe_in_sentence(core_fact(fact))
        yield Change(str(fact.recorded_by or "An import"), said, fact.recorded_at)
        if fact.voided_at is not None:
            yield Change(str(fact.voided_by), f"that this was a mistake: {said}", fact.voided_at)
