from django.db import migrations, models

TABLES = """
CREATE TABLE audit_seal (
    day date PRIMARY KEY,
    sealed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    events bigint NOT NULL,
    changes bigint NOT NULL,
    first_row text NOT NULL,
    last_row text NOT NULL,
    chain bytea NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL
);
CREATE TABLE audit_link (
    day date NOT NULL,
    position integer NOT NULL,
    row_id bigint NOT NULL,
    row_at timestamptz NOT NULL,
    kind text NOT NULL CONSTRAINT link_kind_is_known CHECK (kind IN ('event', 'change')),
    chain bytea NOT NULL,
    PRIMARY KEY (day, position)
) PARTITION BY RANGE (day);
CREATE TABLE audit_link_other PARTITION OF audit_link DEFAULT;
SELECT audit_close_month('audit_link_other');
SELECT audit_make_months(3);
"""
# The longest-lived texts of this software: a seal can be checked for as long as rows are written out like this. A column
# that is added later belongs into a second form, for days sealed from then on (see openmappa.audit.verifying). What a row
# says (about, before) counts by its digest, so that the content can be erased when a case is disposed of, and who, when and
# that it was so stay proven: in the content's place stands the digest then, under the name "erased content".
CONTENT = """
CREATE FUNCTION audit_content(said jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN said ? 'erased content' THEN said ->> 'erased content'
    ELSE encode(sha256(convert_to(said::text, 'UTF8')), 'hex') END
"""
EVENT_TEXT = """
CREATE FUNCTION audit_event_text(e audit_event) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN jsonb_build_array('event', e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.by_id, e.case_id,
    e.correlation, e.by_name, e.agency, e.role, e.verb, e.operation, e.outcome, e.channel, e.acting, e.recipient,
    e.classes, e.case_ids, audit_content(e.about))::text
"""
CHANGE_TEXT = """
CREATE FUNCTION audit_change_text(c audit_change) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN jsonb_build_array('change', c.id, to_char(c.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), c.by_id, c.job,
    c.login, c.acting, c.correlation, c.in_table, c.operation, c.row_id, c.row_ids::text, c.row_count, c.case_id,
    c.person_id, c.columns, audit_content(c.before))::text
"""
CHAINED = """
CREATE FUNCTION audit_chained(so_far bytea, start bytea, line text) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN sha256(coalesce(so_far, start) || convert_to(line, 'UTF8'));
END $$
"""
CHAIN = "CREATE AGGREGATE audit_chain(start bytea, line text) (SFUNC = audit_chained, STYPE = bytea)"
SEAL_TEXT = """
CREATE FUNCTION audit_seal_text(s audit_seal) RETURNS text LANGUAGE sql STABLE
RETURN jsonb_build_array('openmappa seal 1', to_char(s.day, 'YYYY-MM-DD'),
    to_char(s.sealed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), s.events, s.changes, s.first_row, s.last_row,
    encode(s.chain, 'hex'), encode(s.previous, 'hex'))::text
"""
# A day is over and nobody holds it: from then on no row can come that says it is of that day (audit_hold_day). A statement
# may begin a moment before midnight and write a moment after, so the day before counts too.
SEAL_SOME = """
CREATE FUNCTION audit_seal_some(batch integer, OUT day date, OUT rows integer, OUT sealed boolean, OUT stopped text)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
#variable_conflict use_column
DECLARE
    before audit_seal%ROWTYPE;
    last audit_link%ROWTYPE;
    number integer;
    made audit_seal%ROWTYPE;
    this date;
BEGIN
    IF access_job() IS NULL THEN
        RAISE EXCEPTION 'A job must be stated: without one no row of the log is there to be sealed.';
    END IF;
    rows := 0; sealed := false; stopped := '';
    IF NOT pg_try_advisory_xact_lock(20040405, -1) THEN
        stopped := 'busy';
        RETURN;
    END IF;
    SELECT * INTO before FROM audit_seal s ORDER BY s.day DESC LIMIT 1;
    this := coalesce(before.day + 1, least((SELECT min(at) FROM audit_event), (SELECT min(at) FROM audit_change))::date);
    IF this IS NULL OR this >= clock_timestamp()::date THEN
        stopped := 'all sealed';
        RETURN;
    END IF;
    audit_seal_some.day := this;
    number := this - date '1970-01-01';
    SELECT * INTO last FROM audit_link l WHERE l.day = this ORDER BY l.position DESC LIMIT 1;
    IF last.day IS NULL AND NOT (pg_try_advisory_xact_lock(20040405, number)
            AND pg_try_advisory_xact_lock(20040405, number - 1)) THEN
        stopped := 'held';
        RETURN;
    END IF;
    before.hash := coalesce(before.hash, decode(repeat('00', 32), 'hex'));
    IF last.kind IS DISTINCT FROM 'change' THEN
        INSERT INTO audit_link (day, position, row_id, row_at, kind, chain)
        SELECT this, coalesce(last.position, 0) + row_number() OVER o, e.id, e.at, 'event',
            audit_chain(coalesce(last.chain, before.hash), audit_event_text(e)) OVER o
        FROM (SELECT * FROM audit_event WHERE at >= this AND at < this + 1
            AND (last.day IS NULL OR (at, id) > (last.row_at, last.row_id)) ORDER BY at, id LIMIT batch) e
        WINDOW o AS (ORDER BY e.at, e.id ROWS UNBOUNDED PRECEDING);
        GET DIAGNOSTICS rows = ROW_COUNT;
        SELECT * INTO last FROM audit_link l WHERE l.day = this ORDER BY l.position DESC LIMIT 1;
    END IF;
    IF rows < batch THEN
        INSERT INTO audit_link (day, position, row_id, row_at, kind, chain)
        SELECT this, coalesce(last.position, 0) + row_number() OVER o, c.id, c.at, 'change',
            audit_chain(coalesce(last.chain, before.hash), audit_change_text(c)) OVER o
        FROM (SELECT * FROM audit_change WHERE at >= this AND at < this + 1
            AND (last.kind IS DISTINCT FROM 'change' OR (at, id) > (last.row_at, last.row_id))
            ORDER BY at, id LIMIT batch - rows) c
        WINDOW o AS (ORDER BY c.at, c.id ROWS UNBOUNDED PRECEDING);
        GET DIAGNOSTICS number = ROW_COUNT;
        rows := rows + number;
    END IF;
    IF rows = batch THEN
        RETURN;
    END IF;
    SELECT count(*) FILTER (WHERE kind = 'event'), count(*) FILTER (WHERE kind = 'change') INTO made.events, made.changes
    FROM audit_link l WHERE l.day = this;
    made.day := this;
    made.sealed_at := clock_timestamp();
    made.first_row := coalesce((SELECT kind || ' ' || row_id FROM audit_link l WHERE l.day = this AND position = 1), '');
    SELECT * INTO last FROM audit_link l WHERE l.day = this ORDER BY l.position DESC LIMIT 1;
    made.last_row := coalesce(last.kind || ' ' || last.row_id, '');
    made.chain := coalesce(last.chain, before.hash);
    made.previous := before.hash;
    made.hash := sha256(convert_to(audit_seal_text(made), 'UTF8'));
    INSERT INTO audit_seal SELECT made.*;
    sealed := true;
END $$
"""
# Nothing of a day that is sealed can be written any more, not even by a job: it could never be taken out again.
PROTECT = """
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON audit_link FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON audit_seal FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
REVOKE ALL ON audit_link, audit_seal FROM PUBLIC, openmappa_app;
GRANT SELECT ON audit_link, audit_seal TO openmappa_app;
ALTER TABLE audit_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_link FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_seal FORCE ROW LEVEL SECURITY;
CREATE POLICY by_job ON audit_link FOR SELECT TO openmappa_jobs
    USING ((SELECT access_job() IS NOT NULL AND access_person() IS NULL));
CREATE POLICY by_job ON audit_seal FOR SELECT TO openmappa_jobs
    USING ((SELECT access_job() IS NOT NULL AND access_person() IS NULL));
CREATE POLICY by_owner ON audit_link TO CURRENT_USER USING ((SELECT access_job() IS NOT NULL));
CREATE POLICY by_owner ON audit_seal TO CURRENT_USER USING ((SELECT access_job() IS NOT NULL));
CREATE POLICY by_auditor ON audit_link FOR SELECT TO openmappa_app USING ((SELECT access_role()) = 'auditor');
CREATE POLICY by_auditor ON audit_seal FOR SELECT TO openmappa_app USING ((SELECT access_role()) = 'auditor');
CREATE POLICY by_job_writing ON audit_event FOR INSERT TO openmappa_jobs WITH CHECK (
    (SELECT access_job() IS NOT NULL AND access_person() IS NULL)
    AND NOT EXISTS (SELECT FROM audit_seal WHERE day >= (at AT TIME ZONE 'UTC')::date)
);
"""
FUNCTIONS = [
    (CONTENT, "FUNCTION audit_content(jsonb)"),
    (EVENT_TEXT, "FUNCTION audit_event_text(audit_event)"),
    (CHANGE_TEXT, "FUNCTION audit_change_text(audit_change)"),
    (CHAINED, "FUNCTION audit_chained(bytea, bytea, text)"),
    (CHAIN, "AGGREGATE audit_chain(bytea, text)"),
    (SEAL_TEXT, "FUNCTION audit_seal_text(audit_seal)"),
    (SEAL_SOME, "FUNCTION audit_seal_some(integer)"),
]


class Migration(migrations.Migration):
    """Each day sealed: a chain of digests over its rows, and a seal that hangs on the seal of the day before."""

    dependencies = [("audit", "0004_events_by_month")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLES)],
            state_operations=[
                migrations.CreateModel(
                    name="Seal",
                    fields=[
                        (
                            "day",
                            models.DateField(help_text="A day of UTC.", primary_key=True, serialize=False),
                        ),
                        ("sealed_at", models.DateTimeField()),
                        ("events", models.BigIntegerField()),
                        ("changes", models.BigIntegerField()),
                        ("first_row", models.TextField()),
                        ("last_row", models.TextField()),
                        (
                            "chain",
                            models.BinaryField(
                                help_text="The digest of the day's last row, or the hash before where there is none."
                            ),
                        ),
                        ("previous", models.BinaryField()),
                        ("hash", models.BinaryField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Link",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "day", "position", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("day", models.DateField()),
                        ("position", models.IntegerField()),
                        ("row_id", models.BigIntegerField()),
                        ("row_at", models.DateTimeField()),
                        ("kind", models.TextField()),
                        ("chain", models.BinaryField()),
                    ],
                ),
            ],
        ),
        *[migrations.RunSQL(text, f"DROP {signature}") for text, signature in FUNCTIONS],
        migrations.RunSQL(PROTECT),
    ]
