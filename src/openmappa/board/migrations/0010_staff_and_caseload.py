from django.db import migrations

# Who was there to do the work, period by period: how many of a role were in post on the last day, on how many days of
# the period one of them was away and covered for, and how many open cases they held on the last day. A person's role
# and area on a day are those that their next entry of joining, moving or leaving says stood before it; without one,
# those of today. A case began with its first fact. Counts alone, for those who see figures of the area.
STAFF = """
CREATE FUNCTION board_staff(areas bigint[], staff text, starts date[], ends date[])
RETURNS TABLE (place integer, in_post bigint, away_days bigint, cases bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    theirs bigint[] := figures_seen(areas);
BEGIN
    PERFORM set_config('openmappa.job', 'figures', true);
    RETURN QUERY
        WITH periods AS (
            SELECT (p.number - 1)::integer AS place, p.since, p.until,
                ((p.until + 1)::timestamp AT TIME ZONE 'Europe/London') AS over_at
            FROM unnest(starts, ends) WITH ORDINALITY AS p (since, until, number)
        ), changes AS (
            SELECT e.id, e.person_id, e.kind, e.role_before, e.area_before_id,
                (coalesce(e.decided_at, e.asked_at) AT TIME ZONE 'Europe/London')::date AS "on"
            FROM people_posting e WHERE e.state = 'done' AND e.kind <> 'confirmed'
        ), there AS (
            SELECT q.place, q.since, q.until, u.id
            FROM periods q CROSS JOIN accounts_user u
            LEFT JOIN LATERAL (
                SELECT c.kind, c.role_before, c.area_before_id FROM changes c
                WHERE c.person_id = u.id AND c."on" > q.until ORDER BY c."on", c.id LIMIT 1
            ) n ON true
            WHERE CASE
                WHEN n.kind IS NULL THEN u.is_active AND u.role = staff AND u.area_id = ANY (theirs)
                ELSE n.kind NOT IN ('joined', 'returned') AND n.role_before = staff AND n.area_before_id = ANY (theirs)
            END
        ), away AS (
            SELECT t.place, count(DISTINCT (t.id, d.day)) AS days
            FROM there t JOIN accounts_cover c ON c.absent_id = t.id
            CROSS JOIN LATERAL generate_series(
                greatest(t.since, c.from_on)::timestamp,
                least(t.until, c.until_on, c.ended_on - 1)::timestamp, interval '1 day') AS d (day)
            GROUP BY t.place
        ), held AS (
            SELECT r.case_id, r.area_id,
                CASE staff WHEN 'police_officer' THEN r.police_officer_id ELSE r.case_manager_id END AS holder,
                CASE WHEN r.number > 1 THEN r.from_at END AS from_at,
                lead(r.from_at) OVER (PARTITION BY r.case_id ORDER BY r.number) AS until_at
            FROM cases_responsibility r
        ), lives AS (
            SELECT c.id,
                (SELECT min(f."on") FROM timeline_fact f WHERE f.case_id = c.id AND f.voided_at IS NULL) AS began,
                (SELECT min(f."on") FROM timeline_fact f
                    WHERE f.case_id = c.id AND f.kind = 'case_closed' AND f.voided_at IS NULL) AS closed
            FROM cases_case c
        ), load AS (
            SELECT q.place, count(*) AS cases
            FROM held h JOIN lives l ON l.id = h.case_id
            JOIN periods q ON (h.from_at IS NULL OR h.from_at < q.over_at)
                AND (h.until_at IS NULL OR h.until_at >= q.over_at)
                AND l.began <= q.until AND (l.closed IS NULL OR l.closed > q.until)
            WHERE h.holder IS NOT NULL AND h.area_id = ANY (theirs) GROUP BY q.place
        )
        SELECT q.place, (SELECT count(*) FROM there t WHERE t.place = q.place), coalesce(a.days, 0),
            coalesce(w.cases, 0)
        FROM periods q LEFT JOIN away a ON a.place = q.place LEFT JOIN load w ON w.place = q.place
        WHERE cardinality(theirs) > 0 ORDER BY q.place;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""


class Migration(migrations.Migration):
    """What stands beside a standard that is kept less often than before: staff, absences, caseload (8.2)."""

    dependencies = [
        ("board", "0009_answered_and_moved_on_a_day"),
        ("people", "0003_senior_ranks"),
        ("accounts", "0004_senior_ranks"),
        ("cases", "0010_samples_open_cases"),
    ]

    operations = [migrations.RunSQL(STAFF, "DROP FUNCTION board_staff(bigint[], text, date[], date[])")]
