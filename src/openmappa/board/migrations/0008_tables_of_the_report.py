from django.db import migrations

# Each table has two functions. One gives a row for each case that it counts and runs with the rights of whoever asks:
# that is the list behind a count. The other belongs to the owner, asks whose figures the reader may see, and gives
# counts alone. `days` names past days, or is nothing for the present (past/migrations/0003).
# Those count whole areas, where joining case by case never pays: without nested loops no wrong guess of PostgreSQL's at
# a number of rows makes a second into minutes. A cycle of visits begins when the one before it was met, never earlier.
# docs/reference/report-tables.md says every rule in words; tests/board/test_report_tables.py counts it again by hand.

# Cases that the police visit by plan at the end of the period: the months of the plan (the case's own, else those of
# the force's table), and how often they were seen: of the intervals that ended in the period with a visit that counts,
# each since the visit before it, the mean. Both as places among `ends`, which are days; `month` is the days of one.
VISITS_OF = """
CREATE FUNCTION board_visits_of_cases(
    days bigint[], areas bigint[], since date, until date, forces text[], bands text[], months integer[],
    month double precision, ends double precision[]
) RETURNS TABLE (case_id bigint, band text, planned integer, own boolean, every integer) LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT c.case_id, c.band, width_bucket(coalesce(c.visit_months, p.months) * month, ends),
        c.visit_months IS NOT NULL,
        width_bucket(v.gap, ends)
    FROM cases_then(days, areas) c
    LEFT JOIN unnest(forces, bands, months) AS p (force, band, months) ON p.force = c.force AND p.band = c.band
    LEFT JOIN (
        SELECT g.case_id, avg(g.met_on - g.opened_on)::double precision AS gap
        FROM (
            SELECT d.case_id, d.opened_on, d.met_on, d.met_on BETWEEN since AND until AS in_period,
                lag(d.met_on) OVER (PARTITION BY d.case_id ORDER BY d.opened_on) AS before
            FROM duties_then(days, areas, ARRAY['home-visit']) d
        ) g WHERE g.in_period AND g.before >= g.opened_on
        GROUP BY g.case_id
    ) v ON v.case_id = c.case_id
    WHERE c.registered AND NOT c.in_custody AND NOT c.closed AND c.band <> ''
$$
"""
VISITS = """
CREATE FUNCTION board_visits(
    days bigint[], areas bigint[], since date, until date, forces text[], bands text[], months integer[],
    month double precision, ends double precision[]
) RETURNS TABLE (band text, planned integer, own boolean, every integer, cases bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_nestloop = off
AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    theirs bigint[] := figures_seen(areas);
BEGIN
    PERFORM set_config('openmappa.job', 'figures', true);
    RETURN QUERY
        SELECT v.band, v.planned, v.own, v.every, count(*)
        FROM board_visits_of_cases(days, theirs, since, until, forces, bands, months, month, ends) v GROUP BY 1, 2, 3, 4;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""
# Duties that began in the period, by how long after their beginning they were met: 1 within a week, 2 a month, 3 three
# months, 4 later; 5 not met though due. What is not due yet, and what lapsed before it was, is left out.
DELAYS_OF = """
CREATE FUNCTION board_delays_of_cases(
    days bigint[], areas bigint[], standards text[], since date, until date
) RETURNS TABLE (case_id bigint, standard text, within integer, on_time boolean) LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT d.case_id, d.standard,
        CASE
            WHEN d.met_on IS NULL OR d.met_on > until THEN 5
            WHEN d.met_on <= d.opened_on + 7 THEN 1
            WHEN d.met_on <= (d.opened_on + interval '1 month')::date THEN 2
            WHEN d.met_on <= (d.opened_on + interval '3 months')::date THEN 3
            ELSE 4
        END,
        d.met_on IS NOT NULL AND d.met_on <= least(d.due_on, until)
    FROM duties_then(days, areas, standards) d
    WHERE d.opened_on BETWEEN since AND until AND (d.met_on <= until
        OR ((d.met_on IS NULL OR d.met_on > until) AND d.due_on < least(coalesce(d.closed_on, until), until)))
$$
"""
DELAYS = """
CREATE FUNCTION board_delays(
    days bigint[], areas bigint[], standards text[], since date, until date
) RETURNS TABLE (standard text, within integer, duties bigint, on_time bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_nestloop = off
AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    theirs bigint[] := figures_seen(areas);
BEGIN
    PERFORM set_config('openmappa.job', 'figures', true);
    RETURN QUERY
        SELECT d.standard, d.within, count(*), count(*) FILTER (WHERE d.on_time)
        FROM board_delays_of_cases(days, theirs, standards, since, until) d GROUP BY 1, 2;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""
# How RM2000s of the period stand: of whose rank those are that were made, and, of the persons registered at its end,
# how many have one.
RM2000 = """
CREATE FUNCTION board_rm2000(days bigint[], areas bigint[], since date, until date)
RETURNS TABLE (rank text, scores bigint, registered bigint, scored bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_nestloop = off
AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    theirs bigint[] := figures_seen(areas);
BEGIN
    PERFORM set_config('openmappa.job', 'figures', true);
    RETURN QUERY
        SELECT coalesce(f.details ->> 'rank', ''), count(*), 0::bigint, 0::bigint
        FROM facts_then(days, theirs, ARRAY['rm2000_completed']) f WHERE f."on" BETWEEN since AND until GROUP BY 1
        UNION ALL
        SELECT NULL, 0::bigint, count(*), count(*) FILTER (WHERE c.band <> '')
        FROM cases_then(days, theirs) c WHERE c.registered AND NOT c.closed;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""
# The interventions of each case's plans: of each kind the last that was signed by the end of the period, and what became
# of each intervention by then.
INTERVENTIONS_OF = """
CREATE FUNCTION board_interventions_of_cases(
    days bigint[], areas bigint[], until date
) RETURNS TABLE (case_id bigint, heading text, state text) LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT DISTINCT c.case_id, i.heading::text,
        coalesce((
            SELECT g.state FROM plans_progress g
            WHERE g.intervention_id = i.id AND g.state_on <= until
                AND (g.recorded_at AT TIME ZONE 'Europe/London')::date <= until
            ORDER BY g.id DESC LIMIT 1), i.state)::text
    FROM cases_then(days, areas) c
    JOIN (
        SELECT DISTINCT ON (p.case_id, p.kind) p.case_id, p.id
        FROM cases_then(days, areas) a JOIN plans_plan p ON p.case_id = a.case_id
        WHERE (p.signed_at AT TIME ZONE 'Europe/London')::date <= until
            AND (p.returned_at IS NULL OR (p.returned_at AT TIME ZONE 'Europe/London')::date > until)
        ORDER BY p.case_id, p.kind, p.version DESC
    ) last ON last.case_id = c.case_id
    LEFT JOIN plans_intervention i ON i.plan_id = last.id
    WHERE NOT c.closed
$$
"""
INTERVENTIONS = """
CREATE FUNCTION board_interventions(days bigint[], areas bigint[], until date)
RETURNS TABLE (heading text, state text, cases bigint, of bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_nestloop = off
AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    theirs bigint[] := figures_seen(areas);
BEGIN
    PERFORM set_config('openmappa.job', 'figures', true);
    RETURN QUERY
        WITH found AS MATERIALIZED (SELECT * FROM board_interventions_of_cases(days, theirs, until))
        SELECT f.heading, f.state, count(DISTINCT f.case_id), 0::bigint
        FROM found f WHERE f.heading IS NOT NULL GROUP BY GROUPING SETS ((1, 2), (1))
        UNION ALL
        SELECT NULL, NULL, 0::bigint, count(DISTINCT f.case_id) FROM found f;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""
# Open cases by ethnicity, sex or age, with how many of them stand where; of those under supervision in the period, how
# many were found in breach in it.
GROUPS = """
CREATE FUNCTION board_groups(
    days bigint[], areas bigint[], rows_by text, since date, until date, ages integer[]
) RETURNS TABLE (
    row_key text, levelled bigint, level_2_or_3 bigint, level_3 bigint, harmed bigint, high_harm bigint,
    banded bigint, high_band bigint, supervised bigint, breached bigint
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_nestloop = off
AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    theirs bigint[] := figures_seen(areas);
BEGIN
    PERFORM set_config('openmappa.job', 'figures', true);
    RETURN QUERY
        SELECT CASE rows_by
                WHEN 'ethnicity' THEN p.ethnicity::text
                WHEN 'sex' THEN p.sex::text
                WHEN 'age' THEN width_bucket(extract(year FROM age(until, p.born_on))::integer, ages)::text
            END,
            count(*) FILTER (WHERE NOT c.closed AND c.mappa_level IS NOT NULL),
            count(*) FILTER (WHERE NOT c.closed AND c.mappa_level IN (2, 3)),
            count(*) FILTER (WHERE NOT c.closed AND c.mappa_level = 3),
            count(*) FILTER (WHERE NOT c.closed AND c.harm_level <> ''),
            count(*) FILTER (WHERE NOT c.closed AND c.harm_level IN ('high', 'very_high')),
            count(*) FILTER (WHERE NOT c.closed AND c.band <> ''),
            count(*) FILTER (WHERE NOT c.closed AND c.band IN ('high', 'very_high')),
            count(s.case_id), count(s.case_id) FILTER (WHERE b.case_id IS NOT NULL)
        FROM cases_then(days, theirs) c
        JOIN cases_case k ON k.id = c.case_id JOIN cases_person p ON p.id = k.person_id
        LEFT JOIN (
            SELECT DISTINCT d.case_id FROM duties_then(days, theirs, ARRAY['plan-review']) d
            WHERE d.opened_on <= until AND coalesce(d.met_on, d.closed_on, until) >= since
        ) s ON s.case_id = c.case_id
        LEFT JOIN (
            SELECT DISTINCT d.case_id FROM duties_then(days, theirs, ARRAY['enforcement']) d
            WHERE d.opened_on BETWEEN since AND until
        ) b ON b.case_id = c.case_id
        GROUP BY 1;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""
VISITS_ARGUMENTS = "bigint[], bigint[], date, date, text[], text[], integer[], double precision, double precision[]"
FUNCTIONS = {
    "board_visits_of_cases": (VISITS_OF, VISITS_ARGUMENTS),
    "board_visits": (VISITS, VISITS_ARGUMENTS),
    "board_delays_of_cases": (DELAYS_OF, "bigint[], bigint[], text[], date, date"),
    "board_delays": (DELAYS, "bigint[], bigint[], text[], date, date"),
    "board_rm2000": (RM2000, "bigint[], bigint[], date, date"),
    "board_interventions_of_cases": (INTERVENTIONS_OF, "bigint[], bigint[], date"),
    "board_interventions": (INTERVENTIONS, "bigint[], bigint[], date"),
    "board_groups": (GROUPS, "bigint[], bigint[], text, date, date, integer[]"),
}


class Migration(migrations.Migration):
    """Tables 1, 2 and 7 of the report, the delays of 7.4, and groups held against each other: counts for an area."""

    dependencies = [("board", "0007_past_tables"), ("plans", "0005_headings")]

    operations = [
        migrations.RunSQL(statement, f"DROP FUNCTION {name}({arguments})")
        for name, (statement, arguments) in FUNCTIONS.items()
    ]
