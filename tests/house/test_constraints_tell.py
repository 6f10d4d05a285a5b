"""No check constraint may come to "unknown" where it means no: PostgreSQL lets such a row through.

A comparison with a day that is not there is neither true nor false. So every constraint is tried with every mixture of
a few values and NULL in its columns, without a row being written.
"""

import itertools
import re
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from tests.case_audits.build import a_feedback_row
from tests.house import breaking_board, breaking_case_audits, breaking_targets
from tests.house.test_constraints import OURS
from tests.timeline.build import make_case

from openmappa.cases.models import Case

pytestmark = pytest.mark.django_db

TRIED = {
    "boolean": ["true", "false"],
    "date": ["'2005-03-01'", "'2005-03-02'"],
    "timestamp with time zone": ["'2005-03-01'", "'2005-03-02'"],
    "text": ["''", "'x'"],
    "character varying": ["''", "'x'"],
    "smallint": ["0", "50"],
    "integer": ["0", "50"],
    "bigint": ["1"],
}
MOST = 20_000
"""Mixtures that are tried of one constraint; of the widest the first so many."""


def conditions() -> list[tuple[str, str, str]]:
    """Each check constraint of ours: its name, its table, and its condition as PostgreSQL writes it."""
    ours = {
        constraint.name
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, conrelid::regclass::text, pg_get_expr(conbin, conrelid) FROM pg_constraint "
            "WHERE contype = 'c' AND conname = ANY(%s) ORDER BY conname",
            [sorted(ours)],
        )
        return cursor.fetchall()


def columns_of(name: str) -> list[tuple[str, str, bool]]:
    """The columns that a constraint is about: name, type, whether NULL is allowed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.attname, format_type(a.atttypid, NULL), NOT a.attnotnull FROM pg_constraint c "
            "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey) WHERE c.conname = %s",
            [name],
        )
        return cursor.fetchall()


def unknown(name: str, condition: str) -> str:
    """A mixture of values of which the condition cannot tell; nothing where there is none."""
    columns = columns_of(name)
    if not any(nullable for _, _, nullable in columns):
        return ""
    named = sorted(set(re.findall(r"'([^']+)'::(?:text|character varying)", condition)))
    values = []
    for _, kind, nullable in columns:
        tried = list(TRIED.get(kind, []))
        if kind in ("text", "character varying"):
            tried += [f"'{each}'" for each in named]
        values.append([*(f"{each}::{kind}" for each in tried), *([f"NULL::{kind}"] if nullable else [])])
    names = ", ".join(f'"{column}"' for column, _, _ in columns)
    with connection.cursor() as cursor:
        every = itertools.islice(itertools.product(*values), MOST)
        while mixtures := list(itertools.islice(every, 2000)):
            rows = ", ".join(f"({', '.join(each)})" for each in mixtures)
            cursor.execute(
                f"SELECT row_to_json(v)::text FROM (VALUES {rows}) v ({names}) WHERE ({condition}) IS NULL LIMIT 1"
            )
            found = cursor.fetchone()
            if found:
                return str(found[0])
    return ""


def test_every_check_constraint_says_yes_or_no_of_every_row() -> None:
    found = {name: (table, unknown(name, condition)) for name, table, condition in conditions()}
    assert len(found) > 150
    assert {name: row for name, row in found.items() if row[1]} == {}


def answered_without_a_day(case: Case) -> None:
    by = breaking_board.by()
    breaking_board.exchange(case, answer="Thank you.", answer_noted_by=by, answer_noted_at=timezone.now())


WITHOUT_A_DAY: dict[str, Callable[[Case], object]] = {
    "exchange_answered_in_words": answered_without_a_day,
    "business_note_moves_to_a_later_day": lambda case: breaking_board.note(case, step="moved", words="Late."),
    "target_is_a_percentage_with_a_lower_one": lambda case: breaking_targets.target(case, near_from=None),
    "audit_feedback_acknowledged_after_it_was_sent": lambda case: a_feedback_row(
        breaking_case_audits.audited(case), breaking_case_audits.by(), answer="Thank you."
    ),
}
"""Rows with nothing where a day or number must be: once let through."""


@pytest.mark.parametrize("name", sorted(WITHOUT_A_DAY))
def test_what_is_missing_is_no_yes(name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        WITHOUT_A_DAY[name](make_case())
