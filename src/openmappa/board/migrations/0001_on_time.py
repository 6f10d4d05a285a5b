from django.db import migrations

# One row for each duty that is judged: the case, the day it was due, the row of the table it counts in, and its outcome
# as of `on_day` (standards, section 5). It runs with the rights of whoever asks. It sets nothing of its own, so that
# PostgreSQL puts its body into the query that calls it, works out only what that query asks for, and counts on several
# cores. Of millions of rows every step counts: outcomes are numbers (1 met, 2 met late, 3 missed, 4 overdue); a row of
# the table is named by a word or by a number, one of the two; and an age is reckoned in days where that cannot be
# wrong, which is four days and more from a birthday (365.2425 days are a year; no anniversary is two days off).
# `ages` are those of core.inspection.on_time.AGES_FROM. tests/board/test_on_time.py counts it all again by hand.
JUDGED = """
CREATE FUNCTION board_judged(
    areas bigint[], standards text[], rows_by text, since date, until date, on_day date, ages integer[]
) RETURNS TABLE (case_id bigint, due_on date, row_word text, row_number bigint, outcome integer)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT d.case_id, d.due_on,
        CASE rows_by
            WHEN 'standard' THEN d.standard::text
            WHEN 'force' THEN c.force::text
            WHEN 'band' THEN s.band::text
            WHEN 'harm' THEN s.harm_level::text
            WHEN 'ethnicity' THEN p.ethnicity::text
            WHEN 'sex' THEN p.sex::text
        END,
        CASE rows_by
            WHEN 'area' THEN d.area_id
            WHEN 'unit' THEN CASE
                WHEN d.of IN ('case_manager', 'probation') THEN c.probation_unit_id
                WHEN d.of IN ('police_officer', 'police_manager', 'police') THEN c.police_unit_id
            END
            WHEN 'level' THEN s.mappa_level
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
    FROM timeline_duty d
    LEFT JOIN timeline_standing s ON s.case_id = d.case_id
    LEFT JOIN (cases_case c LEFT JOIN cases_person p ON p.id = c.person_id) ON c.id = d.case_id
    LEFT JOIN (
        SELECT h.id, max(o.born_on) AS born_on FROM cases_case h JOIN cases_person o ON o.id = h.person_id GROUP BY h.id
    ) b ON b.id = d.case_id
    WHERE d.area_id = ANY (areas) AND (standards IS NULL OR d.standard = ANY (standards::varchar[]))
        AND d.due_on BETWEEN since AND least(until, on_day - 1)
        AND d.opened_on <= on_day AND (d.closed_on IS NULL OR d.closed_on > d.due_on)
$$
"""
# The roles are those of Permission.VIEW_FIGURES; tests/board/test_on_time.py compares.
ON_TIME = """
CREATE FUNCTION board_on_time(
    areas bigint[], standards text[], rows_by text, starts date[], until date, on_day date, ages integer[]
) RETURNS TABLE (row_key text, place integer, met bigint, met_late bigint, missed bigint, overdue bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
SET parallel_tuple_cost = 0.02 SET join_collapse_limit = 1
AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    theirs bigint[];
BEGIN
    IF access_role() NOT IN ('line_manager', 'mappa_coordinator', 'smb_member', 'inspector', 'auditor')
        OR access_role() IS NULL
    THEN
        RETURN;
    END IF;
    IF access_area() IS NOT NULL THEN
        theirs := ARRAY(SELECT unnest(areas) INTERSECT SELECT access_area());
    ELSIF access_role() IN ('inspector', 'auditor') THEN
        theirs := areas;
    END IF;
    PERFORM set_config('openmappa.job', 'figures', true);
    RETURN QUERY
        SELECT coalesce(each_day.row_word, each_day.row_number::text), width_bucket(each_day.due_on, starts) - 1,
            sum(each_day.met)::bigint, sum(each_day.met_late)::bigint, sum(each_day.missed)::bigint, sum(each_day.overdue)::bigint
        FROM (
            SELECT j.row_word, j.row_number, j.due_on,
                count(*) FILTER (WHERE j.outcome = 1) AS met, count(*) FILTER (WHERE j.outcome = 2) AS met_late,
                count(*) FILTER (WHERE j.outcome = 3) AS missed, count(*) FILTER (WHERE j.outcome = 4) AS overdue
            FROM board_judged(theirs, standards, rows_by, starts[1], until, on_day, ages) j
            GROUP BY 1, 2, 3
        ) each_day
        GROUP BY 1, 2;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""
ARGUMENTS = "bigint[], text[], text, date, date, date, integer[]"


class Migration(migrations.Migration):
    """Duties met on time: of each duty for those who see its case, and counts of whole areas for those who see figures."""

    initial = True
    dependencies = [("timeline", "0009_duty_judged"), ("cases", "0009_responsibility")]

    operations = [
        migrations.RunSQL(JUDGED, f"DROP FUNCTION board_judged({ARGUMENTS})"),
        migrations.RunSQL(
            ON_TIME, "DROP FUNCTION board_on_time(bigint[], text[], text, date[], date, date, integer[])"
        ),
    ]
