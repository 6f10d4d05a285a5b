from django.db import migrations

# What board_judged says of each duty, for past days: duties and cases as of that day (`cases_then`, `duties_then`), so
# nothing is left of what came later. Ethnicity, sex and birth are those the person has today: they have no history.
JUDGED = """
CREATE FUNCTION board_judged_then(
    days bigint[], areas bigint[], standards text[], rows_by text, since date, until date, on_day date, ages integer[]
) RETURNS TABLE (case_id bigint, due_on date, row_word text, row_number bigint, outcome integer)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT d.case_id, d.due_on,
        CASE rows_by
            WHEN 'standard' THEN d.standard::text
            WHEN 'force' THEN c.force::text
            WHEN 'band' THEN c.band::text
            WHEN 'harm' THEN c.harm_level::text
            WHEN 'ethnicity' THEN p.ethnicity::text
            WHEN 'sex' THEN p.sex::text
        END,
        CASE rows_by
            WHEN 'area' THEN y.area_id
            WHEN 'unit' THEN CASE
                WHEN d.of IN ('case_manager', 'probation') THEN c.probation_unit_id
                WHEN d.of IN ('police_officer', 'police_manager', 'police') THEN c.police_unit_id
            END
            WHEN 'level' THEN c.mappa_level
            WHEN 'age' THEN width_bucket(
                CASE
                    WHEN ((d.due_on - b.born_on) * 10000 + 40000) % 3652425 > 80000
                        THEN (d.due_on - b.born_on) * 10000 / 3652425
                    ELSE extract(year FROM age(d.due_on, b.born_on))::integer
                END::double precision, ages::double precision[])
        END,
        CASE
            WHEN d.met_on <= on_day THEN CASE WHEN d.met_on <= d.due_on THEN 1 ELSE 2 END
            WHEN d.closed_on <= on_day THEN 3
            ELSE 4
        END
    FROM past_pastduty d
    LEFT JOIN past_pastday y ON y.id = d.day_id
    LEFT JOIN past_pastcase c ON c.day_id = d.day_id AND c.case_id = d.case_id
    LEFT JOIN (cases_case k LEFT JOIN cases_person p ON p.id = k.person_id) ON k.id = d.case_id
    LEFT JOIN (
        SELECT h.id, max(o.born_on) AS born_on FROM cases_case h JOIN cases_person o ON o.id = h.person_id GROUP BY h.id
    ) b ON b.id = d.case_id
    WHERE d.day_id = ANY (ARRAY(
            SELECT f.id FROM past_pastday f
            WHERE f.id = ANY (days) AND f.area_id = ANY (areas) AND f.finished_at IS NOT NULL))
        AND (standards IS NULL OR d.standard = ANY (standards::varchar[]))
        AND d.due_on BETWEEN since AND least(until, on_day - 1)
        AND d.opened_on <= on_day AND (d.closed_on IS NULL OR d.closed_on > d.due_on)
$$
"""
ON_TIME = """
CREATE FUNCTION board_on_time_then(
    days bigint[], areas bigint[], standards text[], rows_by text, starts date[], until date, on_day date,
    ages integer[]
) RETURNS TABLE (row_key text, place integer, met bigint, met_late bigint, missed bigint, overdue bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_nestloop = off SET parallel_tuple_cost = 0.02 SET join_collapse_limit = 1
AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    theirs bigint[] := figures_seen(areas);
BEGIN
    PERFORM set_config('openmappa.job', 'figures', true);
    RETURN QUERY
        SELECT coalesce(each_day.row_word, each_day.row_number::text), width_bucket(each_day.due_on, starts) - 1,
            sum(each_day.met)::bigint, sum(each_day.met_late)::bigint, sum(each_day.missed)::bigint, sum(each_day.overdue)::bigint
        FROM (
            SELECT j.row_word, j.row_number, j.due_on,
                count(*) FILTER (WHERE j.outcome = 1) AS met, count(*) FILTER (WHERE j.outcome = 2) AS met_late,
                count(*) FILTER (WHERE j.outcome = 3) AS missed, count(*) FILTER (WHERE j.outcome = 4) AS overdue
            FROM board_judged_then(days, theirs, standards, rows_by, starts[1], until, on_day, ages) j
            GROUP BY 1, 2, 3
        ) each_day
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
