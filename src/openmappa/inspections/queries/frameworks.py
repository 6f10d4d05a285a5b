"""Versions of frameworks, and what they ask as values of the core."""

import hashlib
import uuid
from functools import cache, lru_cache

from django.http import Http404

from openmappa.accounts.models import User
from openmappa.core.access import Role
from openmappa.core.inspection.framework import Framework
from openmappa.core.inspection.framework_toml import framework_toml
from openmappa.core.packs.inspection_framework_rules import read_framework_text
from openmappa.core.packs.load import IN_SERVICE, load_inspection_framework
from openmappa.inspections.models import FrameworkDraft, FrameworkVersion, Inspection


def framework_of(inspection: Inspection) -> Framework:
    """What an inspection asks. No query where its framework is loaded; read once for each version."""
    return framework_in(inspection.framework)


def framework_in(version: FrameworkVersion) -> Framework:
    """What a version asks. Its text was checked when it was saved."""
    return _read(version.text)


@lru_cache(maxsize=64)
def _read(text: str) -> Framework:
    return read_framework_text(text, "The framework")


def digest_of(text: str) -> str:
    """The fingerprint of a text: its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()


def shipped() -> FrameworkVersion:
    """The framework that comes with the software, as it would be stored: version 1 of its line, which is not in the
    database before it is used (``services.frameworks.stored``). No query.
    """
    text = _shipped_text()
    found = _read(text)
    return FrameworkVersion(code=found.code, number=1, title=found.title, text=text, digest=digest_of(text))


@cache
def _shipped_text() -> str:
    return framework_toml(load_inspection_framework(IN_SERVICE[0]))


def versions() -> list[FrameworkVersion]:
    """Every version, by line, the latest first; the one that comes with the software among them. One query."""
    rows = list(FrameworkVersion.objects.select_related("saved_by", "area", "based_on"))
    ours = shipped()
    if not any(row.code == ours.code and row.number == ours.number for row in rows):
        rows.append(ours)
    return sorted(rows, key=lambda row: (row.area_id is not None, row.code, -row.number))


def latest_versions() -> list[FrameworkVersion]:
    """The latest version of each line. One query."""
    found: dict[str, FrameworkVersion] = {}
    for row in versions():
        found.setdefault(row.code, row)
    return list(found.values())


def version_of(code: str, number: int) -> FrameworkVersion:
    """One version. Raises Http404. One query."""
    row = (
        FrameworkVersion.objects.select_related("saved_by", "area", "based_on").filter(code=code, number=number).first()
    )
    if row is not None:
        return row
    ours = shipped()
    if (code, number) != (ours.code, ours.number):
        raise Http404("No such version")
    return ours


def may_add_to(user: User, code: str) -> bool:
    """Whether this person may save a version of this line: of the inspectorates', inspectors; of an area's, its people.

    Somebody who may open an inspection begins a new line. One query.
    """
    first = FrameworkVersion.objects.filter(code=code).order_by("number").first()
    if first is None and code != shipped().code:
        return True
    area_id = first.area_id if first else None
    return user.role == Role.INSPECTOR if area_id is None else user.area_id == area_id


def draft_of(user: User, key: uuid.UUID) -> FrameworkDraft:
    """A draft of this person's own. Raises Http404. One query."""
    row = FrameworkDraft.objects.select_related("based_on").filter(person=user, key=key).first()
    if row is None:
        raise Http404("No such draft")
    return row


def drafts_of(user: User) -> list[FrameworkDraft]:
    """What this person is changing, the latest first. One query."""
    return list(FrameworkDraft.objects.select_related("based_on").filter(person=user))
