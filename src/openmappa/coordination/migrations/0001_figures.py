from django.db import migrations

# One row for each case that a figure counts, with what each figure counts of it: how many (`_k`), of how many (`_n`).
# It runs with the rights of whoever asks, so a reader gets rows of cases that they see. `ends` and `names` are the bands
# of core.mappa.frequency in order; `months` the review intervals of Levels 2 and 3. A day after `until` does not exist.
# docs/reference/mappa-figures.md says each rule in words; tests/coordination/test_figures.py counts it again by hand.
# Cases, facts and duties are as they are or as of a past day, where `days` names some (past/migrations/0003); `known` is
# that day where the reading is of what was known on it. A duty that a meeting starts opens on its day.
OF_CASES = """
CREATE FUNCTION mappa_figures_of_cases(
    days bigint[], known date, areas bigint[], since date, until date, ends integer[], names text[], months integer[]
) RETURNS TABLE (
    case_id bigint, level integer, frequency text,
    sufficient_k integer, sufficient_n integer, told_k integer, told_n integer,
    case_manager_k integer, case_manager_n integer, police_officer_k integer, police_officer_n integer,
    probation_file_k integer, probation_file_n integer, police_file_k integer, police_file_n integer,
    actions_k integer, actions_n integer, integrated_k integer, integrated_n integer
) LANGUAGE sql STABLE PARALLEL SAFE AS $$
WITH mine AS MATERIALIZED (
    SELECT c.case_id AS id, c.case_manager AS case_manager_id, c.police_officer AS police_officer_id
    FROM cases_then(days, areas) c
), facts AS MATERIALIZED (
    SELECT f.id, f.case_id, f.kind, f."on", f.details
    FROM facts_then(days, areas, ARRAY['mappa_level_set', 'mappa_meeting_held', 'action_agreed', 'case_closed']) f
    WHERE f."on" <= until
), duties AS MATERIALIZED (
    SELECT d.case_id, d.standard, d.opened_on, d.due_on,
        CASE WHEN d.met_on <= until THEN d.met_on END AS met_on,
        CASE WHEN d.closed_on <= until THEN d.closed_on END AS closed_on
    FROM duties_then(days, areas,
        ARRAY['mappa-review', 'minutes-police', 'minutes-probation', 'offender-informed', 'mappa-action']) d
), judged AS MATERIALIZED (
    SELECT * FROM duties d WHERE d.met_on IS NOT NULL OR d.closed_on > d.due_on
        OR (d.closed_on IS NULL AND d.due_on < until)
), levels AS (
    SELECT f.case_id, (f.details ->> 'level')::integer AS level, f."on",
        row_number() OVER newest AS place,
        count(*) FILTER (WHERE (f.details ->> 'level')::integer = 1) OVER newest AS ones
    FROM facts f WHERE f.kind = 'mappa_level_set'
    WINDOW newest AS (PARTITION BY f.case_id ORDER BY f."on" DESC, f.id DESC)
), stands AS (
    SELECT l.case_id, max(l.level) FILTER (WHERE l.place = 1) AS level, min(l."on") FILTER (WHERE l.ones = 0) AS began
    FROM levels l
    WHERE NOT EXISTS (SELECT 1 FROM facts f WHERE f.case_id = l.case_id AND f.kind = 'case_closed')
    GROUP BY l.case_id
), days AS (
    SELECT DISTINCT f.case_id, f."on" FROM facts f WHERE f.kind = 'mappa_meeting_held'
), gaps AS (
    SELECT d.case_id, d."on", d."on" - lag(d."on") OVER (PARTITION BY d.case_id ORDER BY d."on") AS gap FROM days d
), rhythm AS (
    SELECT g.case_id, until - max(g."on") AS quiet,
        min(g.gap) FILTER (WHERE g."on" >= since) AS shortest, max(g.gap) FILTER (WHERE g."on" >= since) AS longest
    FROM gaps g GROUP BY g.case_id
), reviewed AS (
    SELECT s.case_id, CASE
        WHEN r.longest IS NULL THEN 'none'
        ELSE coalesce((
            SELECT band.name FROM unnest(ends, names) WITH ORDINALITY AS band (days, name, place)
            WHERE r.longest <= band.days AND r.quiet <= band.days
                AND r.shortest > coalesce(ends[band.place - 1], 0)
            ORDER BY band.place LIMIT 1), 'irregular')
        END AS frequency
    FROM stands s LEFT JOIN rhythm r ON r.case_id = s.case_id
    WHERE s.level IN (2, 3) AND s.began <= (until - make_interval(months => months[s.level - 1]))::date
), by_chair AS (
    SELECT m.case_id, bool_or(later."on" IS NOT NULL) AS in_time
    FROM meetings_meeting m JOIN mine ON mine.id = m.case_id JOIN facts held ON held.id = m.fact_id
    LEFT JOIN days later ON later.case_id = m.case_id AND later."on" > held."on" AND later."on" <= m.review_on
    WHERE m.review_on >= since AND m.review_on < until AND m.closed_at IS NOT NULL
        AND (known IS NULL OR (m.closed_at AT TIME ZONE 'Europe/London')::date <= known)
    GROUP BY m.case_id, m.id
), asked AS (
    SELECT j.case_id, j.met_on IS NOT NULL AND j.met_on <= j.due_on AS in_time
    FROM judged j WHERE j.standard = 'mappa-review' AND j.due_on >= since AND j.due_on < until
    UNION ALL SELECT b.case_id, b.in_time FROM by_chair b
), sufficient AS (
    SELECT a.case_id, bool_and(a.in_time)::integer AS k FROM asked a GROUP BY a.case_id
), told AS (
    SELECT DISTINCT ON (j.case_id) j.case_id, (j.met_on IS NOT NULL)::integer AS k
    FROM judged j WHERE j.standard = 'offender-informed' AND j.opened_on >= since
    ORDER BY j.case_id, j.opened_on DESC
), filed AS (
    SELECT j.case_id, j.standard, bool_and(j.met_on IS NOT NULL)::integer AS k
    FROM judged j WHERE j.standard IN ('minutes-police', 'minutes-probation') AND j.opened_on >= since
    GROUP BY j.case_id, j.standard
), actions AS (
    SELECT j.case_id, count(j.met_on)::integer AS k, count(*)::integer AS n
    FROM judged j WHERE j.standard = 'mappa-action' AND j.due_on >= since AND j.due_on <= until
    GROUP BY j.case_id
), agreed AS (
    SELECT f.case_id, max(f."on") AS "on", array_agg(f.details ->> 'action') AS names
    FROM facts f WHERE f.kind = 'action_agreed' AND f."on" >= since GROUP BY f.case_id
), planned AS MATERIALIZED (
    SELECT f.case_id, max(f."on") AS "on" FROM facts_then(days, areas,
        ARRAY['isp_completed', 'plan_reviewed', 'rmp_completed', 'rmp_reviewed']) f
    WHERE f."on" <= until GROUP BY f.case_id
), integrated AS (
    SELECT a.case_id, (EXISTS (
            SELECT 1 FROM plans_plan p
            WHERE p.case_id = a.case_id AND (p.signed_at AT TIME ZONE 'Europe/London')::date BETWEEN a."on" AND until
                AND p.mappa_actions::text[] && a.names))::integer AS k
    FROM agreed a WHERE EXISTS (
        SELECT 1 FROM planned f WHERE f.case_id = a.case_id AND f."on" BETWEEN a."on" AND until)
), there AS (
    SELECT m.case_id, m.id,
        bool_or(i.attendance = 'attended' AND (i.person_id = mine.case_manager_id OR u.role = 'case_manager')) AS cm,
        bool_or(i.attendance = 'attended' AND (i.person_id = mine.police_officer_id OR u.role = 'police_officer')) AS po
    FROM meetings_meeting m JOIN mine ON mine.id = m.case_id JOIN facts held ON held.id = m.fact_id
    JOIN meetings_invitee i ON i.meeting_id = m.id LEFT JOIN accounts_user u ON u.id = i.person_id
    WHERE held."on" >= since AND i.attendance <> ''
        AND (i.withdrawn_at IS NULL OR (i.withdrawn_at AT TIME ZONE 'Europe/London')::date > known)
        AND (known IS NULL OR (i.noted_at AT TIME ZONE 'Europe/London')::date <= known)
    GROUP BY m.case_id, m.id
), attended AS (
    SELECT t.case_id, count(*) FILTER (WHERE t.cm)::integer AS cm, count(*) FILTER (WHERE t.po)::integer AS po,
        count(*)::integer AS n
    FROM there t GROUP BY t.case_id
)
SELECT mine.id, s.level, r.frequency,
    coalesce(su.k, 0), (su.k IS NOT NULL)::integer, coalesce(t.k, 0), (t.k IS NOT NULL)::integer,
    coalesce(at.cm, 0), coalesce(at.n, 0), coalesce(at.po, 0), coalesce(at.n, 0),
    coalesce(pr.k, 0), (pr.k IS NOT NULL)::integer, coalesce(po.k, 0), (po.k IS NOT NULL)::integer,
    coalesce(ac.k, 0), coalesce(ac.n, 0), coalesce(i.k, 0), (i.k IS NOT NULL)::integer
FROM mine
LEFT JOIN stands s ON s.case_id = mine.id
LEFT JOIN reviewed r ON r.case_id = mine.id
LEFT JOIN sufficient su ON su.case_id = mine.id
LEFT JOIN told t ON t.case_id = mine.id
LEFT JOIN filed pr ON pr.case_id = mine.id AND pr.standard = 'minutes-probation'
LEFT JOIN filed po ON po.case_id = mine.id AND po.standard = 'minutes-police'
LEFT JOIN actions ac ON ac.case_id = mine.id
LEFT JOIN integrated i ON i.case_id = mine.id
LEFT JOIN attended at ON at.case_id = mine.id
WHERE s.level IS NOT NULL OR r.frequency IS NOT NULL OR su.k IS NOT NULL OR t.k IS NOT NULL OR at.n IS NOT NULL
    OR pr.k IS NOT NULL OR po.k IS NOT NULL OR ac.n IS NOT NULL OR i.k IS NOT NULL
$$
"""
# Counted over whole areas without nested loops: PostgreSQL guesses the numbers of rows too low by far, and took 40
# seconds for 100,000 cases. Whose figures a reader sees is asked of figures_seen.
OF_AREAS = """
CREATE FUNCTION mappa_figures_of_areas(
    days bigint[], known date, areas bigint[], since date, until date, ends integer[], names text[], months integer[]
) RETURNS TABLE (id text, k bigint, n bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_nestloop = off SET work_mem = '64MB' AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    theirs bigint[] := figures_seen(areas);
BEGIN
    PERFORM set_config('openmappa.job', 'figures', true);
    RETURN QUERY
        WITH rows AS MATERIALIZED (
            SELECT f.* FROM mappa_figures_of_cases(days, known, theirs, since, until, ends, names, months) f
        )
        SELECT 'level_' || one.level, (SELECT count(*) FROM rows r WHERE r.level = one.level),
            (SELECT count(*) FROM rows r WHERE r.level IS NOT NULL)
        FROM unnest(ARRAY[1, 2, 3]) AS one (level)
        UNION ALL
        SELECT one.name, (SELECT count(*) FROM rows r WHERE r.frequency = one.name),
            (SELECT count(*) FROM rows r WHERE r.frequency IS NOT NULL)
        FROM unnest(array_append(array_prepend('none'::text, names), 'irregular'::text)) AS one (name)
        UNION ALL
        SELECT each.name, each.k::bigint, each.n::bigint FROM (
            SELECT coalesce(sum(sufficient_k), 0) AS sk, coalesce(sum(sufficient_n), 0) AS sn,
                coalesce(sum(told_k), 0) AS tk, coalesce(sum(told_n), 0) AS tn,
                coalesce(sum(case_manager_k), 0) AS ck, coalesce(sum(case_manager_n), 0) AS cn,
                coalesce(sum(police_officer_k), 0) AS ok, coalesce(sum(police_officer_n), 0) AS on_,
                coalesce(sum(probation_file_k), 0) AS bk, coalesce(sum(probation_file_n), 0) AS bn,
                coalesce(sum(police_file_k), 0) AS pk, coalesce(sum(police_file_n), 0) AS pn,
                coalesce(sum(actions_k), 0) AS ak, coalesce(sum(actions_n), 0) AS an,
                coalesce(sum(integrated_k), 0) AS ik, coalesce(sum(integrated_n), 0) AS in_
            FROM rows
        ) sums CROSS JOIN LATERAL (VALUES
            ('sufficient', sk, sn), ('told', tk, tn), ('case_manager', ck, cn), ('police_officer', ok, on_),
            ('probation_file', bk, bn), ('police_file', pk, pn), ('actions', ak, an), ('integrated', ik, in_)
        ) AS each (name, k, n);
    PERFORM set_config('openmappa.job', job, true);
END $$
"""
ARGUMENTS = "bigint[], date, bigint[], date, date, integer[], text[], integer[]"


class Migration(migrations.Migration):
    """Figures of MAPPA: of each case for those who see it, and counts of whole areas for those who see figures."""

    initial = True
    dependencies = [
        ("past", "0003_then_and_now"),
        ("timeline", "0007_indexes_of_mappa"),
        ("meetings", "0003_history"),
        ("plans", "0004_history"),
    ]

    operations = [
        migrations.RunSQL(OF_CASES, f"DROP FUNCTION mappa_figures_of_cases({ARGUMENTS})"),
        migrations.RunSQL(OF_AREAS, f"DROP FUNCTION mappa_figures_of_areas({ARGUMENTS})"),
    ]
