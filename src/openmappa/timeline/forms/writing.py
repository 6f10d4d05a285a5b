"""Sending a form for a note or file: what was refused goes back to its place, what others did meanwhile is shown."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from openmappa.notes.errors import NotWritten, RecordMovedOn
from openmappa.notes.uploads.refusal import Refused
from openmappa.timeline.forms.changes import changes_since
from openmappa.timeline.forms.saving import Conflict, seen_version
from openmappa.timeline.queries.frame import CaseFrame
from openmappa.ui.forms import CaseForm


@dataclass(frozen=True)
class Written:
    """How sending a form went: done; or a conflict to show; or neither, and the form has the errors."""

    done: bool = False
    conflict: Conflict | None = None


def written(form: CaseForm, frame: CaseFrame, write: Callable[[int, uuid.UUID], object]) -> Written:
    """Call ``write(version, submission)``, a service bound to the form's answers, when the form is valid."""
    if not form.is_bound or not form.is_valid():
        return Written()
    try:
        write(seen_version(form), form.submission_key)
    except RecordMovedOn as moved:
        changes = changes_since(frame, moved.version - seen_version(form))
        return Written(conflict=Conflict(moved.version, tuple(changes)))
    except Refused as refused:
        form.refuse("file", str(refused))
        return Written()
    except NotWritten as refused_otherwise:
        form.refuse(None, str(refused_otherwise))
        return Written()
    return Written(done=True)
