"""From a duty to the page on which a person records what meets it."""

import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.core.packs.model import Match, Standard
from openmappa.core.recording import TO_RECORD
from openmappa.timeline.forms.table import ELSEWHERE, RecordPage, page_for_kind


@dataclass(frozen=True)
class Way:
    """Where to record something, and what the link says."""

    href: str
    text: str


def way_to_meet(standard: Standard, user: User, key: uuid.UUID) -> Way | None:
    """The page that records what meets a standard on this case; None when this person records none of it.

    A standard that asks for one answer (the police's minutes, the first OASys) has it chosen on the page beforehand.
    """
    match = next((match for match in standard.met_by if user.may(TO_RECORD[match.kind]) and _is_for(match, user)), None)
    return way_to_record(match.kind, key, _answers(match)) if match else None


def way_to_record(kind: str, key: uuid.UUID, answers: dict[str, str] | None = None) -> Way:
    """The page that records a kind of fact on this case: its own page where it has one, else the small form."""
    small = page_for_kind(kind)
    query = f"?{urlencode(answers)}" if answers and small else ""
    if small is not None and kind not in ELSEWHERE:
        return Way(way_by_form(small, key).href + query, small.title)
    name, _, title = ELSEWHERE[kind]
    return Way(reverse(name, kwargs={"key": key}) + query, title)


def way_by_form(page: RecordPage, key: uuid.UUID) -> Way:
    """A small form on this case; for a kind with a page of its own, what was done in another system."""
    return Way(reverse("timeline:record", kwargs={"key": key, "what": page.slug}), page.title)


def _is_for(match: Match, user: User) -> bool:
    """Whether what this person records can count: a home visit is made for one's own service."""
    services = dict(match.details).get("service")
    return match.kind != "home_visit" or services is None or user.service in services


def _answers(match: Match) -> dict[str, str]:
    single = ((name, next(iter(values))) for name, values in match.details if len(values) == 1)
    return {name: str(value) for name, value in single}
