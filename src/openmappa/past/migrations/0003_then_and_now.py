from django.db import migrations

# Whose figures the reader may see, of these areas: what every function of the owner's that counts asks first.
SEEN = """
CREATE FUNCTION figures_seen(areas bigint[]) RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE
    WHEN access_role() NOT IN ('line_manager', 'mappa_coordinator', 'smb_member', 'inspector', 'auditor')
        OR access_role() IS NULL THEN '{}'::bigint[]
    WHEN access_area() IS NOT NULL THEN CASE WHEN access_area() = ANY (areas) THEN ARRAY[access_area()] ELSE '{}' END
    WHEN access_role() IN ('inspector', 'auditor') THEN areas
    ELSE '{}'::bigint[]
END
"""
# Cases and duties as they are, or, where `days` names past days, as they were. Both set nothing of their own, so that
# PostgreSQL puts their bodies into the query around them: of the two halves it leaves out the one that cannot be, and
# works out no column that nobody asks for.
CASES = """
CREATE FUNCTION cases_then(days bigint[], areas bigint[]) RETURNS TABLE (
    case_id bigint, area_id bigint, force text, police_unit bigint, probation_unit bigint, police_officer bigint,
    case_manager bigint, band text, harm_level text, mappa_level integer, visit_months integer, supervised boolean, registered boolean, in_custody boolean,
    closed boolean
) LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT c.id, c.area_id, c.force::text, c.police_unit_id, c.probation_unit_id, c.police_officer_id,
        c.case_manager_id, s.band::text, s.harm_level::text, s.mappa_level::integer,
        (SELECT (f.details ->> 'months')::integer FROM timeline_fact f
            WHERE f.case_id = c.id AND f.kind = 'visit_interval_set' AND f.voided_at IS NULL
            ORDER BY f."on" DESC, f.id DESC LIMIT 1),
        s.supervised, s.registered, s.in_custody, s.closed
    FROM cases_case c LEFT JOIN timeline_standing s ON s.case_id = c.id
    WHERE days IS NULL AND c.area_id = ANY (areas)
    UNION ALL
    SELECT p.case_id, d.area_id, p.force::text, p.police_unit_id, p.probation_unit_id, p.police_officer_id,
        p.case_manager_id, p.band::text, p.harm_level::text, p.mappa_level::integer, p.visit_months::integer,
        p.supervised, p.registered, p.in_custody, p.closed
    FROM past_pastday d JOIN past_pastcase p ON p.day_id = d.id
    WHERE days IS NOT NULL AND d.id = ANY (days) AND d.area_id = ANY (areas) AND d.finished_at IS NOT NULL
$$
"""
DUTIES = """
CREATE FUNCTION duties_then(days bigint[], areas bigint[], standards text[]) RETURNS TABLE (
    case_id bigint, area_id bigint, standard text, of text, opened_on date, due_on date, met_on date, closed_on date
) LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT d.case_id, d.area_id, d.standard::text, d.of::text, d.opened_on, d.due_on, d.met_on, d.closed_on
    FROM timeline_duty d
    WHERE days IS NULL AND d.area_id = ANY (areas) AND d.standard = ANY (standards::varchar[])
    UNION ALL
    SELECT p.case_id, d.area_id, p.standard::text, p.of::text, p.opened_on, p.due_on, p.met_on, p.closed_on
    FROM past_pastday d JOIN past_pastduty p ON p.day_id = d.id
    WHERE days IS NOT NULL AND d.id = ANY (days) AND d.area_id = ANY (areas) AND d.finished_at IS NOT NULL
        AND p.standard = ANY (standards::varchar[])
$$
"""
FACTS = """
CREATE FUNCTION facts_then(days bigint[], areas bigint[], kinds text[]) RETURNS TABLE (
    case_id bigint, id bigint, kind text, "on" date, details jsonb
) LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT f.case_id, f.id, f.kind::text, f."on", f.details
    FROM cases_case c JOIN timeline_fact f ON f.case_id = c.id
    WHERE days IS NULL AND c.area_id = ANY (areas) AND f.kind = ANY (kinds::varchar[]) AND f.voided_at IS NULL
    UNION ALL
    SELECT f.case_id, f.id, f.kind::text, f."on", f.details
    FROM past_pastday d JOIN past_pastcase p ON p.day_id = d.id JOIN timeline_fact f ON f.case_id = p.case_id
    WHERE days IS NOT NULL AND d.id = ANY (days) AND d.area_id = ANY (areas) AND d.finished_at IS NOT NULL
        AND f.kind = ANY (kinds::varchar[]) AND f."on" <= d."on" AND f.recorded_at <= d.began_at
        AND f.voided_at IS NULL AND (NOT d.known OR f.recorded_on <= d."on")
    UNION ALL
    SELECT f.case_id, f.id, f.kind::text, f."on", f.details
    FROM past_pastday d JOIN past_pastcase p ON p.day_id = d.id JOIN timeline_fact f ON f.case_id = p.case_id
    WHERE days IS NOT NULL AND d.id = ANY (days) AND d.area_id = ANY (areas) AND d.finished_at IS NOT NULL
        AND f.kind = ANY (kinds::varchar[]) AND f."on" <= d."on" AND f.recorded_at <= d.began_at
        AND f.voided_at IS NOT NULL AND (f.voided_at > d.began_at
            OR (d.known AND (f.voided_at AT TIME ZONE 'Europe/London')::date > d."on"))
        AND (NOT d.known OR f.recorded_on <= d."on")
$$
"""
INDEXES = [
    'CREATE INDEX fact_of_visit_interval ON timeline_fact (case_id, "on", id) '
    "WHERE kind = 'visit_interval_set' AND voided_at IS NULL",
    'CREATE INDEX fact_of_plan ON timeline_fact (case_id, "on") INCLUDE (id, recorded_at, recorded_on) '
    "WHERE kind IN ('isp_completed', 'plan_reviewed', 'rmp_completed', 'rmp_reviewed') AND voided_at IS NULL",
    'CREATE INDEX fact_of_rm2000 ON timeline_fact (case_id, "on") INCLUDE (id, details, recorded_at, recorded_on) '
    "WHERE kind = 'rm2000_completed' AND voided_at IS NULL",
    "CREATE INDEX fact_voided ON timeline_fact (case_id) WHERE voided_at IS NOT NULL",
]


class Migration(migrations.Migration):
    """Cases and duties as they are or as they were on past days, for every table that can be asked for either."""

    dependencies = [
        ("past", "0002_protected"),
        ("timeline", "0010_fact_of_mappa_holds_details"),
        ("cases", "0009_responsibility"),
    ]

    operations = [
        migrations.RunSQL(SEEN, "DROP FUNCTION figures_seen(bigint[])"),
        migrations.RunSQL(CASES, "DROP FUNCTION cases_then(bigint[], bigint[])"),
        migrations.RunSQL(DUTIES, "DROP FUNCTION duties_then(bigint[], bigint[], text[])"),
        migrations.RunSQL(FACTS, "DROP FUNCTION facts_then(bigint[], bigint[], text[])"),
        migrations.RunSQL(
            INDEXES,
            [
                "DROP INDEX fact_of_visit_interval",
                "DROP INDEX fact_of_plan",
                "DROP INDEX fact_of_rm2000",
                "DROP INDEX fact_voided",
            ],
        ),
    ]
