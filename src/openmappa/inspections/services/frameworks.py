"""Versions of frameworks: kept for good. A draft is changed until it is saved as one."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.accounts.services import require
from openmappa.audit.services import log
from openmappa.core.access import Permission, Role
from openmappa.core.inspection.framework import Framework
from openmappa.core.inspection.framework_editing import with_version
from openmappa.core.inspection.framework_toml import framework_toml
from openmappa.inspections.errors import ChangedSince, NotSaved
from openmappa.inspections.models import FrameworkDraft, FrameworkVersion
from openmappa.inspections.queries.frameworks import digest_of, framework_in, may_add_to, shipped


def stored(version: FrameworkVersion) -> FrameworkVersion:
    """The version as a row: the one that comes with the software is stored when it is first used.

    Part of the transaction of whatever uses it, which logs.
    """
    if version.pk is not None:
        return version
    made, _ = FrameworkVersion.objects.get_or_create(
        code=version.code,
        number=version.number,
        defaults={
            "title": version.title,
            "text": version.text,
            "digest": version.digest,
            "saved_at": timezone.now(),
        },
    )
    return made


def save_framework_version(
    *, by: User, framework: Framework, note: str, based_on: FrameworkVersion | None = None
) -> FrameworkVersion:
    """Save a framework as the next version of its line, which its ``code`` names; what was saved before stays.

    Its ``version`` becomes the number. Raises NotAllowed, NotSaved (a line of others, no note, nothing changed).
    """
    require(by, Permission.OPEN_INSPECTION)
    if not note.strip():
        raise NotSaved({"note": "Say what is different, and why"})
    if not may_add_to(by, framework.code):
        raise NotSaved({"code": f"“{framework.code}” is a line of versions of somebody else. Give yours another code"})
    if based_on is not None and with_version(framework, 0) == with_version(framework_in(based_on), 0):
        raise NotSaved({"": f"Nothing is different from version {based_on.number}."})
    with transaction.atomic():
        origin = stored(based_on) if based_on is not None else None
        if framework.code == (ours := shipped()).code:
            stored(ours)
        last = FrameworkVersion.objects.filter(code=framework.code).aggregate(last=Max("number"))["last"] or 0
        text = framework_toml(with_version(framework, last + 1))
        made = FrameworkVersion.objects.create(
            code=framework.code,
            number=last + 1,
            title=framework.title,
            text=text,
            digest=digest_of(text),
            area_id=None if by.role == Role.INSPECTOR else by.area_id,
            based_on=origin,
            note=note.strip(),
            saved_by=by,
            saved_at=timezone.now(),
        )
        about = {"framework": made.code, "version": made.number, "digest": made.digest}
        log(by=by, verb="save framework", about=about)
        return made


def start_draft(*, by: User, framework: Framework, based_on: FrameworkVersion | None = None) -> FrameworkDraft:
    """Begin to change a framework: a version that there is, or one that was brought along. Raises NotAllowed."""
    require(by, Permission.OPEN_INSPECTION)
    with transaction.atomic():
        draft = FrameworkDraft.objects.create(
            person=by,
            based_on=stored(based_on) if based_on is not None else None,
            text=framework_toml(framework),
            changed_at=timezone.now(),
        )
        log(by=by, verb="start framework draft", about={"draft": str(draft.key), "framework": framework.code})
        return draft


def change_draft(
    *, by: User, draft: FrameworkDraft, framework: Framework, version: int | None = None
) -> FrameworkDraft:
    """Keep a change of one's own draft. Raises ChangedSince where it was changed in another window."""
    with transaction.atomic():
        row = _own(by, draft, version)
        row.text, row.changed_at, row.version = framework_toml(framework), timezone.now(), row.version + 1
        row.save(update_fields=["text", "changed_at", "version"])
        log(by=by, verb="change framework draft", about={"draft": str(row.key)})
        return row


def save_draft(*, by: User, draft: FrameworkDraft, framework: Framework, note: str) -> FrameworkVersion:
    """Save one's own draft as a version; the draft is gone then. Raises as ``save_framework_version``."""
    with transaction.atomic():
        row = _own(by, draft)
        made = save_framework_version(by=by, framework=framework, note=note, based_on=row.based_on)
        row.delete()
        return made


def discard_draft(*, by: User, draft: FrameworkDraft) -> None:
    """Throw one's own draft away."""
    with transaction.atomic():
        row = _own(by, draft)
        log(by=by, verb="discard framework draft", about={"draft": str(row.key)})
        row.delete()


def _own(by: User, draft: FrameworkDraft, version: int | None = None) -> FrameworkDraft:
    rows = FrameworkDraft.objects.select_for_update(of=("self",)).select_related("based_on")
    row = rows.filter(pk=draft.pk, person=by).first()
    if row is None or (version is not None and version != row.version):
        raise ChangedSince
    return row
