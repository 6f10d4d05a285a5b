"""What a page shows of cases: said by the view while it answers, written into the log once the page is made.

A page of one case (with ``key`` in its address) is known without a word. Lists say which cases they show, a search says
what was looked for, and pages of the log say whose. The reading log (``oversight.middleware``) writes one event for it,
in the transaction of the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest


@dataclass
class Looks:
    """What one request showed so far. ``searched_for`` is never stored: only a keyed hash of it is."""

    case_ids: set[int] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    searched_for: str = ""
    log_of_case: int | None = None
    log_of_person: int | None = None
    nothing: bool = False


def shows(request: HttpRequest, case_ids: Iterable[int], classes: Iterable[str] = ()) -> None:
    """Say that the page shows these cases, and fields of these classes (``core.compartments.FieldClass``).

    Every list that shows cases calls it, also for hits of a search. A page of one case calls it only to add classes
    that it does not open for everybody, such as a victim's.
    """
    looks = looks_of(request)
    looks.case_ids.update(case_ids)
    looks.classes.update(str(each) for each in classes)


def searched(request: HttpRequest, text: str) -> None:
    """Say that somebody looked for these words. What was found is said by ``shows``, by the page that shows it."""
    looks_of(request).searched_for = text


def reads_log(request: HttpRequest, *, of_case: int | None = None, of_person: int | None = None) -> None:
    """Say that the page shows the log itself: of one case, or of one person's doings."""
    looks = looks_of(request)
    looks.log_of_case, looks.log_of_person = of_case, of_person


def shows_nothing(request: HttpRequest) -> None:
    """Say that what is answered in place of the page shows nothing of any case: a question who somebody is, say."""
    looks_of(request).nothing = True


def looks_of(request: HttpRequest) -> Looks:
    """What this request showed so far; the same each time it is asked for."""
    found: Looks = vars(request).setdefault("looks", Looks())
    return found
