from django.db import migrations

# What board_judged says of each duty, for past days: duties and cases as of that day (`cases_then`, `duties_then`), so
# nothing is left of what came later. Ethnicity, sex and birth are those the person has today: they have no history.
JUDGED = """
CREATE FUNCTION board_judged_then(
    days bigint[], areas bigint[], standards text[], rows_by text, since date, until date, on_day date, ages integer[]
) RETURNS TABLE (case_id bigint, due_on date, row_key text, outcome integer) LANGUAGE sql STABLE AS $$
    SELECT d.case_id, d.due_on,
        CASE rows_by
            WHEN 'standard' THEN d.standard
            WHEN 'area' THEN d.area_id::text
            WHEN 'force' THEN c.force
            WHEN 'unit' THEN CASE
                WHEN d.of IN ('case_manager', 'probation') THEN c.probation_unit::text
                WHEN d.of IN ('police_officer', 'police_manager', 'police') THEN c.police_unit::text
            END
            WHEN 'level' THEN c.mappa_level::text
            WHEN 'band' THEN c.band
            WHEN 'harm' THEN c.harm_level
            WHEN 'ethnicity' THEN p.ethnicity::text
            WHEN 'sex' THEN p.sex::text
            WHEN 'age' THEN width_bucket(extract(year FROM age(d.due_on, p.born_on))::integer, ages)::text
        END,
        CASE
            WHEN d.met_on <= on_day THEN CASE WHEN d.met_on <= d.due_on THEN 1 ELSE 2 END
            WHEN d.closed_on <= on_day THEN 3
            ELSE 4
        END
    FROM duties_then(days, areas, standards) d
    JOIN cases_then(days, areas) c ON c.case_id = d.case_id AND c.area_id = d.area_id
    LEFT JOIN cases_case k ON k.id = d.case_id
    LEFT JOIN cases_person p ON p.id = k.person_id
    WHERE d.due_on BETWEEN since AND least(until, on_day - 1)
        AND d.opened_on <= on_day AND (d.closed_on IS NULL OR d.closed_on > d.due_on)
$$
"""
ON_TIME = """
CREATE FUNCTION board_on_time_then(
    days bigint[], areas bigint[], standards text[], rows_by text, starts date[], until date, on_day date,
    ages integer[]
) RETURNS TABLE (row_key text, place integer, met bigint, met_late bigint, missed bigint, overdue bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_nestloop = off
AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    theirs bigint[] := figures_seen(areas);
BEGIN
    PERFORM set_config('openmappa.job', 'figures', true);
    RETURN QUERY
        SELECT j.row_key, width_bucket(j.due_on, starts) - 1,
            count(*) FILTER (WHERE j.outcome = 1), count(*) FILTER (WHERE j.outcome = 2),
            count(*) FILTER (WHERE j.outcome = 3), count(*) FILTER (WHERE j.outcome = 4)
        FROM board_judged_then(days, theirs, standards, rows_by, starts[1], until, on_day, ages) j
        GROUP BY 1, 2;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""
ONE = "bigint[], bigint[], text[], text, date, date, date, integer[]"
TWO = "bigint[], bigint[], text[], text, date[], date, date, integer[]"


class Migration(migrations.Migration):
    """Duties met on time, as they stood or were known on past days."""

    dependencies = [("board", "0006_told_upwards"), ("past", "0003_then_and_now")]

    operations = [
        migrations.RunSQL(JUDGED, f"DROP FUNCTION board_judged_then({ONE})"),
        migrations.RunSQL(ON_TIME, f"DROP FUNCTION board_on_time_then({TWO})"),
    ]
