"""Each day sealed: whatever is changed, removed or added afterwards is found, and named."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any, NamedTuple

import psycopg
import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmappa.audit.models import Link, Seal
from openmappa.audit.services import seal_some
from openmappa.audit.verifying import ERASED, fault_among, read_copy, seals, written
from tests.audit.log import (
    answer,
    as_the_owner,
    fault,
    past,
    run,
    seal_everything,
    write_change,
    write_event,
)

Owner = Callable[[], AbstractContextManager["psycopg.Connection[Any]"]]


def write_three_days() -> None:
    """Five events and two changes, three days ago and the day before yesterday; the day between is empty."""
    for hour in (1, 2, 3):
        write_event(past(4, hour), case_id=hour, case_ids=[5, 6], about={"a": hour, "ü": "\u2028"})
    write_change(past(4, 4), case_id=3)
    write_change(past(4, 5), operation="insert", row_id=None, row_ids="{[3,9)}", row_count=6, columns=[], before=None)
    for hour in (6, 7):
        write_event(past(2, hour), by_id=None, by_name="command line", recipient="Northshire Housing")


class TestSealing:
    """Which days are sealed, and when."""

    pytestmark = pytest.mark.django_db

    def test_every_day_that_is_over_is_sealed_empty_ones_too_and_today_is_not(self) -> None:
        write_event(past(3))
        write_event(past(1))
        write_event(timezone.now())
        seal_everything()
        today = past(0).date()
        assert [(seal.day, seal.events) for seal in seals()] == [
            (today - timedelta(days=3), 1),
            (today - timedelta(days=2), 0),
            (today - timedelta(days=1), 1),
        ]
        assert fault() is None

    def test_sealing_again_does_nothing_and_nothing_can_be_written_into_a_sealed_day(self) -> None:
        write_event(past(1))
        seal_everything()
        assert seal_some().stopped == "all sealed"
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            write_event(past(1))
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            write_event(past(5))

    def test_an_empty_log_has_nothing_to_seal_and_nothing_wrong(self) -> None:
        assert seal_some() == (None, 0, False, "all sealed")
        assert fault() is None

    @pytest.mark.parametrize("batch", [1, 2, 3, 100])
    def test_sealing_in_small_steps_gives_the_same_chain(self, batch: int) -> None:
        events = [write_event(past(1, hour)) for hour in (1, 2, 3)]
        seal_everything(batch)
        assert [(link.position, link.row_id) for link in Link.objects.order_by("position")] == [
            (number, event.pk) for number, event in enumerate(events, 1)
        ]
        assert fault() is None

    def test_a_day_is_not_sealed_while_something_that_began_on_it_is_still_being_written(self, as_owner: Owner) -> None:
        write_event(past(1))
        for days in (1, 2):  # a statement may begin a moment before midnight
            number = (past(days).date() - past(0).date().replace(year=1970, month=1, day=1)).days
            with as_owner() as other:
                other.execute("SELECT pg_advisory_lock_shared(20040405, %s)", [number])
                step = seal_some()
                assert (step.day, step.sealed, step.stopped) == (past(1).date(), False, "held")
                other.execute("SELECT pg_advisory_unlock_all()")  # a connection that is closed lets go a little later
        seal_everything()
        assert Seal.objects.count() == 1

    def test_two_do_not_seal_at_once(self, as_owner: Owner) -> None:
        write_event(past(1))
        with as_owner() as other:
            other.execute("SELECT pg_advisory_lock(20040405, -1)")
            assert seal_some().stopped == "busy"
            other.execute("SELECT pg_advisory_unlock_all()")

    def test_whoever_writes_holds_the_day(self, as_owner: Owner) -> None:
        write_event(timezone.now())
        number = (past(0).date() - past(0).date().replace(year=1970, month=1, day=1)).days
        with as_owner() as other:
            taken = other.execute("SELECT pg_try_advisory_lock(20040405, %s)", [number]).fetchone()
            assert taken == (False,)


class Deed(NamedTuple):
    """One way to touch the log, and what is then said of it."""

    statement: str
    says: str


WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200)
ABOUT: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    WORDS.filter(lambda word: word not in ("+", ERASED)),
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**80), 2**80)
        | st.floats(allow_nan=False, allow_infinity=False)
        | WORDS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)
DAY = "(SELECT min(day) FROM audit_seal)"
SECOND = "(SELECT id FROM audit_event ORDER BY at, id LIMIT 1 OFFSET 1)"
DEEDS = {
    "one letter changed": Deed(
        f"UPDATE audit_event SET by_name = 'Officer Sample 8' WHERE id = {SECOND}", "was changed"
    ),
    "another case shown": Deed(f"UPDATE audit_event SET case_ids = '{{5,7}}' WHERE id = {SECOND}", "was changed"),
    "a row removed": Deed(f"DELETE FROM audit_event WHERE id = {SECOND}", "was removed"),
    "an old row added": Deed(
        "INSERT INTO audit_event (at, by_name, verb, operation) "
        "SELECT at + interval '1 minute', 'X', 'x', 'access' FROM audit_event ORDER BY at LIMIT 1",
        "was added",
    ),
    "a row from before the first day": Deed(
        "INSERT INTO audit_event (at, by_name, verb, operation) "
        "VALUES (now() - interval '30 days', 'X', 'x', 'access')",
        "was added",
    ),
    "a row moved a second": Deed(f"UPDATE audit_event SET at = at + interval '1 s' WHERE id = {SECOND}", "was removed"),
    "a row moved to another day": Deed(
        f"UPDATE audit_event SET at = at + interval '2 days' WHERE id = {SECOND}", "was removed"
    ),
    "two rows swapped": Deed(
        "WITH two AS (SELECT min(at) AS a, max(at) AS b FROM audit_event WHERE at < now() - interval '3 days') "
        "UPDATE audit_event SET at = a + (b - at) FROM two WHERE at IN (a, b)",
        "was removed",
    ),
    "the end of a day cut off": Deed(
        "WITH last AS (SELECT max(at) AS at FROM audit_event) "
        "DELETE FROM audit_event e USING last WHERE e.at = last.at",
        "was removed",
    ),
    "a byte of history": Deed(
        'UPDATE audit_change SET before = \'{"family_name": "Other"}\' WHERE before IS NOT NULL', "was changed"
    ),
    "history removed": Deed("DELETE FROM audit_change WHERE operation = 'insert'", "was removed"),
    "the chain of a row": Deed(
        f"UPDATE audit_link SET chain = sha256(chain) WHERE day = {DAY} AND position = 2", "the chain"
    ),
    "a link removed": Deed(f"DELETE FROM audit_link WHERE day = {DAY} AND position = 2", "the chain"),
    "links numbered anew": Deed(f"UPDATE audit_link SET position = position + 10 WHERE day = {DAY}", "the chain"),
    "a link added": Deed(
        "INSERT INTO audit_link SELECT day, 99, row_id + 99, now(), kind, chain FROM audit_link "
        f"WHERE day = {DAY} LIMIT 1",
        "the chain",
    ),
    "a seal's count": Deed(f"UPDATE audit_seal SET events = 9 WHERE day = {DAY}", "was changed: its hash"),
    "a seal removed": Deed(f"DELETE FROM audit_seal WHERE day = {DAY} + 1", "There is no seal of"),
    "the first seal removed": Deed(f"DELETE FROM audit_seal WHERE day = {DAY}", "does not hang on"),
}


@pytest.mark.django_db(transaction=True)
class TestVerifying:
    """As the owner, with the triggers off: what a database administrator could do."""

    def test_each_way_of_touching_the_log_is_found_and_named(self) -> None:
        for name, deed in DEEDS.items():
            with as_the_owner():
                write_three_days()
                seal_everything()
                assert fault() is None
                assert run(deed.statement) > 0, name
                assert deed.says in (fault() or "nothing found"), f"{name}: {fault()}"

    def test_the_first_row_is_the_one_named(self) -> None:
        with as_the_owner():
            write_three_days()
            seal_everything()
            run("UPDATE audit_event SET verb = 'x' WHERE at >= %s", [past(4, 2)])
            ((number,),) = answer("SELECT id FROM audit_event WHERE at = %s", [past(4, 2)])
            assert fault() == f"Event {number} of {written(past(4).date())}, 02:00:00 UTC, was changed."

    def test_any_single_change_of_a_stored_row_is_found(self) -> None:
        with as_the_owner():
            write_three_days()
            seal_everything()
            columns = {
                table: answer(
                    "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
                    "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
                    [table],
                )
                for table in CHANGED
            }
            places = [
                (table, column, kind, number)
                for table, rows in columns.items()
                for column, kind in rows
                for number in range(answer(f"SELECT count(*) FROM {table}")[0][0])
            ]
            assert len(places) > 180

            for table, column, kind, number in places:
                other = CHANGED[table].get(column) or OTHER.get(kind, TEXT).replace("{column}", column)
                row = f"SELECT tableoid, ctid FROM {table} ORDER BY {ORDER[table]} LIMIT 1 OFFSET {number}"
                with transaction.atomic():
                    assert run(f"UPDATE {table} SET {column} = {other} WHERE (tableoid, ctid) = ({row})") == 1
                    assert fault() is not None, (table, column, number)
                    transaction.set_rollback(True)

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(rows=st.lists(st.tuples(WORDS, ABOUT, st.lists(st.integers(1, 2**62), max_size=3)), min_size=1, max_size=5))
    def test_whatever_is_written_is_sealed_as_it_is_read_and_one_letter_more_is_found(
        self, rows: list[tuple[str, dict[str, Any], list[int]]]
    ) -> None:
        with as_the_owner():
            for minute, (words, about, cases) in enumerate(rows):
                at = past(1) + timedelta(minutes=minute)
                write_event(at, by_name=words[:150], recipient=words, about=about, case_ids=cases)
                write_change(at, before=json.dumps(about), columns=[words])
            seal_everything()
            assert fault() is None
            last = "WHERE at = (SELECT max(at) FROM {0})"
            for table, touch in (
                ("audit_event", "about = about || '{\"+\": 1}'"),
                ("audit_change", "job = job || ' '"),
            ):
                with transaction.atomic():
                    run(f"UPDATE {table} SET {touch} {last.format(table)}")
                    assert "was changed" in (fault() or "")
                    transaction.set_rollback(True)

    def test_what_a_row_says_can_be_erased_and_the_row_stays_proven(self) -> None:
        with as_the_owner():
            write_three_days()
            seal_everything()
            erased = f"jsonb_build_object('{ERASED}', audit_content({{0}}))"
            run(f"UPDATE audit_event SET about = {erased.format('about')} WHERE case_id = 2")
            run(f"UPDATE audit_change SET before = {erased.format('before')} WHERE before IS NOT NULL")
            assert fault() is None
            run("UPDATE audit_event SET by_id = 8 WHERE case_id = 2")
            assert "was changed" in (fault() or "")

    def test_a_log_written_anew_with_its_seals_is_found_with_a_copy_from_outside(self) -> None:
        with as_the_owner():
            write_three_days()
            seal_everything()
            copies = read_copy(seal.as_line() for seal in seals())
            assert fault_among(seals(), copies) is None
            run("UPDATE audit_event SET by_name = 'Somebody Else'")
            for table in ("audit_link", "audit_seal"):
                run(f"DELETE FROM {table}")
            seal_everything()
            assert fault() is None  # from the inside all is well
            assert fault_among(seals(), copies) == (
                f"The seal of {written(past(4).date())} is not the one in the copy: "
                "the log was written anew up to that day."
            )

    def test_an_end_cut_off_with_its_seals_is_found_with_a_copy_from_outside(self) -> None:
        with as_the_owner():
            write_three_days()
            seal_everything()
            copies = read_copy(seal.as_line() for seal in seals())
            run("DELETE FROM audit_event WHERE at > %s", [past(3)])
            for table in ("audit_link", "audit_seal"):
                run(f"DELETE FROM {table} WHERE day > %s", [past(3).date()])
            assert fault() is None
            assert "the log was cut off there" in (fault_among(seals(), copies) or "")


CHANGED: dict[str, dict[str, str]] = {
    "audit_event": {
        "operation": "'erasure'",
        "outcome": "'refused'",
        "channel": "'print'",
        "at": "at + interval '1 microsecond'",
    },
    "audit_change": {
        "at": "at + interval '1 microsecond'",
        # the table's own conditions bind these to one another
        "operation": "operation, case_id = 99",
        "row_id": "row_id, case_id = 99",
        "row_ids": "row_ids, case_id = 99",
        "before": "CASE WHEN before IS NULL THEN NULL ELSE '{}'::jsonb END, job = job || 'x'",
    },
    "audit_link": {"kind": "CASE kind WHEN 'event' THEN 'change' ELSE 'event' END", "position": "position + 50"},
    "audit_seal": {"day": "day + 400"},
}
ORDER = {"audit_event": "at, id", "audit_change": "at, id", "audit_link": "day, position", "audit_seal": "day"}
TEXT = "{column} || 'x'"
OTHER = {
    "bigint": "coalesce({column}, 0) + 1",
    "integer": "{column} + 1",
    "uuid": "gen_random_uuid()",
    "text[]": "{column} || 'x'::text",
    "bigint[]": "{column} || 9::bigint",
    "jsonb": "'{\"other\": 1}'",
    "bytea": "sha256({column})",
    "date": "{column} + 1",
    "timestamp with time zone": "{column} + interval '1 microsecond'",
}
