"""``openmappa verify-audit``: whether the audit log still is what was sealed."""

import sys
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from openmappa.audit.models import Change, Event, Operation
from openmappa.audit.services import log
from openmappa.audit.verifying import (
    SealCopy,
    UnreadableCopy,
    first_fault,
    read_copy,
    seals,
    so_many,
    written,
)


class Command(BaseCommand):
    """Compares every row of the sealed days with the seals, and says which is the first that does not fit."""

    help = (
        "Check that no row of the audit log was changed, removed or added since its day was sealed. "
        "Ends with 1 and names the first such row where one was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The days, and the copies of seals."""
        parser.add_argument("--from", dest="from_on", type=_day, metavar="DAY", help="first day, as 2026-11-01")
        parser.add_argument("--to", dest="to_on", type=_day, metavar="DAY", help="last day")
        parser.add_argument("--against", type=Path, metavar="FILE", help="seals exported earlier and kept elsewhere")
        parser.add_argument(
            "--export", type=Path, metavar="FILE", help="write the seals to a file, to be kept elsewhere"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, say what was found, and keep in the log that it was checked."""
        copies = _copies(options["against"])
        with _as_job():
            found = seals()
            days = [
                seal for seal in found if (options["from_on"] or date.min) <= seal.day <= (options["to_on"] or date.max)
            ]
            fault = first_fault(found, days, copies)
            unsealed = _rows_after(found[-1].day if found else None)
            log(
                by=None,
                verb="verify audit log",
                operation=Operation.CONSULTATION,
                about={"days": len(days), "fault": fault or ""},
            )
        if fault:
            self.stderr.write(f"The audit log is not what was sealed. {fault}")
            sys.exit(1)
        self.stdout.write(_summary(days, unsealed, copies))
        if options["export"]:
            _write(options["export"], found)
            self.stdout.write(
                f"Wrote {len(found):,} seals to {options['export']}. Keep the file where nobody here can change it."
            )


@contextmanager
def _as_job() -> Iterator[None]:
    """One transaction on behalf of this job. Who may not read the whole log must not report that it is gone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('openmappa.job', 'verify_audit', true), current_user = 'openmappa_app'")
        if (cursor.fetchone() or ("", True))[1]:
            raise CommandError("The database role openmappa_app cannot read the whole log. Set OPENMAPPA_DB_ROLE=jobs.")
        yield


def _rows_after(day: date | None) -> int:
    """How many rows came after the last sealed day."""
    if day is None:
        return Event.objects.count() + Change.objects.count()
    end = datetime.combine(day, time.max, UTC)
    return Event.objects.filter(at__gt=end).count() + Change.objects.filter(at__gt=end).count()


def _summary(days: list[SealCopy], unsealed: int, copies: list[SealCopy]) -> str:
    later = f" {so_many(unsealed, 'later row')} {'is' if unsealed == 1 else 'are'} not sealed yet." if unsealed else ""
    if not days:
        return f"No day of the audit log is sealed in that time.{later} The command daily seals every day that is over."
    events, changes = sum(seal.events for seal in days), sum(seal.changes for seal in days)
    compared = f" So are the {len(copies):,} seals of the copy." if copies else ""
    return (
        f"Checked {so_many(len(days), 'day')}, from {written(days[0].day)} to {written(days[-1].day)}: "
        f"{so_many(events, 'event')} and {so_many(changes, 'changed row')}. "
        f"Everything is what was sealed.{compared}{later}"
    )


def _copies(file: Path | None) -> list[SealCopy]:
    if file is None:
        return []
    try:
        return read_copy(file.read_text(encoding="utf-8").splitlines())
    except OSError as problem:
        raise CommandError(f"{file} cannot be read: {problem.strerror}.") from None
    except (UnreadableCopy, UnicodeDecodeError) as problem:
        raise CommandError(f"{file} cannot be used. {problem}") from None


def _write(file: Path, found: list[SealCopy]) -> None:
    try:
        file.write_text("".join(f"{seal.as_line()}\n" for seal in found), encoding="utf-8")
    except OSError as problem:
        raise CommandError(f"{file} cannot be written: {problem.strerror}.") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day. Write it as 2026-11-01.") from None
