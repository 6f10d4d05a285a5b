"""Blank lines on the page of a meeting: one of each kind is rendered, and the others are copies with their own keys.

A page has some twenty-five of them, and rendering their fields took more than half of its time.
"""

import uuid

from django.http import HttpRequest
from django.template.loader import render_to_string
from markupsafe import Markup

from openmappa.core.compartments import Compartment
from openmappa.minutes.forms.running import blank_form
from openmappa.minutes.queries.page import LineShown
from openmappa.minutes.views.loading import OnMeeting
from openmappa.minutes.words import EntryKind

KEY, ITEM = uuid.UUID(int=0), "the-item-of-this-line"
"""What stands in the line that is copied where each copy has its own."""


def blank_line(made: dict[EntryKind, str], request: HttpRequest, here: OnMeeting, line: LineShown, item: str) -> Markup:
    """A line that is still to be written, for an item of the agenda. ``made`` keeps those to copy, by their kind."""
    kind = line.form.line_kind
    if kind not in made:
        pattern = LineShown(KEY, blank_form(ITEM, kind, _places(line), KEY))
        made[kind] = render_to_string(
            "minutes/line.html", {"frame": here.frame, "meeting": here.meeting, "line": pattern}, request
        )
    return Markup(made[kind].replace(str(KEY), str(line.key)).replace(ITEM, item))  # noqa: S704 - rendered with escaping on  # nosec B704


def _places(line: LineShown) -> list[Compartment]:
    """Where the line can stand, as its own form offers it."""
    return [Compartment(value) for value, _ in line.form.fields["compartment"].choices]  # type: ignore[attr-defined]
