"""Many rows at once with PostgreSQL's COPY: the only way that is quick enough for millions of facts.

COPY does not go into a table with row-level security, so the rows go into a table of the transaction's own first.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, models


def reserved_ids(model: type[models.Model], count: int) -> list[int]:
    """``count`` primary keys, rising, that no other row of the model will ever be given. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return sorted(pk for (pk,) in cursor.fetchall())


def copy_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Add rows to the model's table, each a value for each of ``fields`` in order; columns not named are left null.

    ``fields`` are named as on an instance: ``case_id``, not ``case``. Constraints hold as for any other insert.
    """
    quote = connection.ops.quote_name
    column = {field.attname: field.column or field.attname for field in model._meta.concrete_fields}
    named = ", ".join(quote(column[field]) for field in fields)
    table, waiting = quote(model._meta.db_table), quote(f"waiting_{model._meta.db_table}")
    with connection.wrap_database_errors, connection.cursor() as cursor:
        empty = f"SELECT {named} FROM {table} WITH NO DATA"  # noqa: S608 - our own names  # nosec B608
        cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS {waiting} ON COMMIT DROP AS {empty}")
        with cursor.copy(f"COPY {waiting} ({named}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"INSERT INTO {table} ({named}) SELECT {named} FROM {waiting}")  # noqa: S608 - our own names  # nosec B608
        cursor.execute(f"TRUNCATE {waiting}")
