"""The commands of the log: once a day, sealing, and verifying in plain words."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from openmappa.audit.models import Event, Seal
from openmappa.audit.verifying import written
from tests.audit.log import as_application, as_the_owner, past, run, seal_everything, write_event

pytestmark = pytest.mark.django_db


def said(*words: str) -> str:
    """What a command says on standard output."""
    out = StringIO()
    call_command(*words, stdout=out, stderr=out)
    return out.getvalue()


def test_once_a_day_months_are_made_and_days_sealed() -> None:
    write_event(past(2))
    write_event(past(1))
    assert said("daily") == "Sealed 2 days with 2 rows.\n"
    assert said("daily") == "Sealed 0 days with 0 rows.\n"
    assert Seal.objects.count() == 2


def test_a_day_that_is_held_is_left_for_the_next_time_and_said_so(
    as_owner: Callable[[], AbstractContextManager["psycopg.Connection[Any]"]],
) -> None:
    write_event(past(1))
    with as_owner() as other:
        other.execute("SELECT pg_advisory_lock_shared(20040405, current_date - 1 - date '1970-01-01')")
        assert said("seal_audit") == (
            f"{written(past(1).date())} cannot be sealed yet: something that began on that day is still being written. "
            "Nothing is lost; it is sealed the next time this runs.\nSealed 0 days with 0 rows.\n"
        )
        other.execute("SELECT pg_advisory_unlock_all()")  # a connection that is closed lets go a little later
    assert said("seal_audit") == "Sealed 1 day with 1 row.\n"


def test_verifying_says_what_was_checked_and_what_is_not_sealed_yet_and_is_logged_itself() -> None:
    write_event(past(2))
    write_event(past(1))
    write_event(timezone.now())
    seal_everything()
    first, last = written(past(2).date()), written(past(1).date())
    assert said("verify_audit") == (
        f"Checked 2 days, from {first} to {last}: 2 events and 0 changed rows. Everything is what was sealed. "
        "1 later row is not sealed yet.\n"
    )
    event = Event.objects.get(verb="verify audit log")
    assert (event.operation, event.about) == ("consultation", {"days": 2, "fault": ""})


def test_verifying_a_span_of_days() -> None:
    for days in (4, 3, 2, 1):
        write_event(past(days))
    seal_everything()
    day = past(3).date()
    assert f"Checked 1 day, from {written(day)} to {written(day)}" in said(
        "verify_audit", "--from", day.isoformat(), "--to", day.isoformat()
    )
    assert "No day of the audit log is sealed in that time." in said("verify_audit", "--from", "2100-01-01")
    with pytest.raises(CommandError, match="no day"):
        call_command("verify_audit", "--from", "yesterday")


def test_who_cannot_read_the_whole_log_does_not_report_that_it_is_gone() -> None:
    write_event(past(1))
    seal_everything()
    with as_application(), pytest.raises(CommandError, match="OPENMAPPA_DB_ROLE=jobs"):
        call_command("verify_audit")


@pytest.mark.django_db(transaction=True)
def test_a_row_that_was_touched_ends_it_with_1_and_names_the_row(capsys: pytest.CaptureFixture[str]) -> None:
    with as_the_owner():
        event = write_event(past(1))
        seal_everything()
        run("UPDATE audit_event SET by_name = 'Somebody Else'")
        out = StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("verify_audit", stderr=out)
    assert ended.value.code == 1
    assert out.getvalue() == (
        "The audit log is not what was sealed. "
        f"Event {event.pk} of {written(past(1).date())}, 12:00:00 UTC, was changed.\n"
    )


class TestCopies:
    """Seals in a file, kept where nobody here can change it."""

    @pytest.fixture
    def copy(self, tmp_path: Path) -> Path:
        for days in (3, 2):
            write_event(past(days))
        seal_everything()
        file = tmp_path / "seals.jsonl"
        assert f"Wrote 3 seals to {file}." in said("verify_audit", "--export", str(file))
        return file

    def test_the_log_is_what_the_copy_says(self, copy: Path) -> None:
        assert "So are the 3 seals of the copy." in said("verify_audit", "--against", str(copy))

    def test_a_copy_that_was_changed_itself_is_of_no_use(self, copy: Path) -> None:
        copy.write_text(copy.read_text().replace('"events": 1', '"events": 2'))
        with pytest.raises(CommandError, match="Line 1 of the copy was changed"):
            call_command("verify_audit", "--against", str(copy))

    @pytest.mark.parametrize("line", ["", "{}", "[1]", "null", '{"day": 3}', "not json"])
    def test_what_is_no_seal_is_refused_with_its_line(self, copy: Path, line: str) -> None:
        copy.write_text(f"{copy.read_text()}{line}\n")
        with pytest.raises(CommandError, match="Line 4 of the copy is no seal"):
            call_command("verify_audit", "--against", str(copy))

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="cannot be read: No such file"):
            call_command("verify_audit", "--against", str(tmp_path / "none"))
        with pytest.raises(CommandError, match="cannot be written"):
            call_command("verify_audit", "--export", str(tmp_path / "none" / "file"))

    def test_the_copy_holds_no_names_and_no_cases(self, copy: Path) -> None:
        for line in copy.read_text().splitlines():
            assert set(json.loads(line)) == {
                "day",
                "sealed_at",
                "events",
                "changes",
                "first_row",
                "last_row",
                "chain",
                "previous",
                "hash",
            }
