"""Migration operations that put a table under the database's own protection: row-level security, and history.

Policies stand for three roles. The application sees what the stated person may see. A job (``openmappa_jobs``, a member
of the application's role) sees rows where a job is stated and no person is. The owner, whose functions answer single
questions for the application, sees rows where a job is stated; FORCE binds it too.
"""

from django.db import migrations

JOB = "(SELECT access_job() IS NOT NULL AND access_person() IS NULL)"
FOR_JOBS = "for_jobs"
"""The policy for jobs. PostgreSQL asks policies from the last name of the alphabet up: a job, which is a member of the
application's role, is let through before the readers' condition is worked out, row by row."""
OWNER = "(SELECT access_job() IS NOT NULL)"


def case_is_seen(column: str, table: str) -> str:
    """The SQL condition that the case a row belongs to is seen by whoever asks."""
    return f"EXISTS (SELECT 1 FROM cases_case seen WHERE seen.id = {table}.{column})"  # noqa: S608 - our own names  # nosec B608


def protect(
    table: str,
    *,
    by_case: str | None = None,
    compartment: str | None = None,
    where: str | None = None,
    check: str | None = None,
) -> migrations.RunSQL:
    """Put ``table`` under forced row-level security.

    ``by_case`` names its column with the case: rows of cases that the person sees. With ``compartment`` (a column) rows
    of compartments that are open to them there; intelligence by ``handling``, ``agency_id`` and ``written_by_id``
    besides. ``where`` is a condition of its own; ``check``, where given, is what rows that are written must fulfil
    instead.
    """
    if where is None:
        where = case_is_seen(str(by_case), table)
        if compartment is not None:
            where += (
                f" AND access_opens({compartment}, {by_case})"
                f" AND ({compartment} <> 'intelligence' OR access_intelligence(handling, agency_id, written_by_id))"
            )
    return migrations.RunSQL(
        [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY {FOR_JOBS} ON {table} TO openmappa_jobs USING ({JOB})",
            f"CREATE POLICY by_owner ON {table} TO CURRENT_USER USING ({OWNER})",
            f"CREATE POLICY by_reader ON {table} TO openmappa_app USING ({where}) WITH CHECK ({check or where})",
        ],
        [
            *(f"DROP POLICY {name} ON {table}" for name in (FOR_JOBS, "by_owner", "by_reader")),
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ],
    )


def history(
    table: str, *, case: str | None = None, person: str | None = None, key: str = "id", without: tuple[str, ...] = ()
) -> migrations.RunSQL:
    """Keep what every row of ``table`` was before it is changed or deleted, and note which rows are added.

    It goes into the table of ``audit.models.Change``. ``case`` and ``person`` name the columns that say whose row it
    is; ``key`` its key, a whole number. ``without`` names columns that are not kept, and whose change alone leaves no
    trace: secrets, counters, the content of files. The triggers run once for each statement, so that bulk writes cost
    little. TRUNCATE, which only the owner may do, leaves no trace.
    """
    given = ", ".join(f"'{word}'" for word in (key, case or "", person or "", "{" + ",".join(without) + "}"))
    rows = {
        "inserted": ("INSERT", "NEW TABLE AS new_rows"),
        "updated": ("UPDATE", "OLD TABLE AS old_rows NEW TABLE AS new_rows"),
        "deleted": ("DELETE", "OLD TABLE AS old_rows"),
    }
    return migrations.RunSQL(
        [
            f"CREATE TRIGGER history_{what} AFTER {verb} ON {table} REFERENCING {seen} FOR EACH STATEMENT "
            f"EXECUTE FUNCTION audit_{what}({given})"
            for what, (verb, seen) in rows.items()
        ],
        [f"DROP TRIGGER history_{what} ON {table}" for what in rows],
    )
