from django.db import migrations

# Whether something that was entered counts in a reading: always in the present one; of a past day only what was
# entered by the moment whose record it is worked out from (`as_at`), and as known then (`known_on`) only what had been
# entered by the end of the day. What was found wrong counts as long as nobody had found it (0058, `facts_then`).
COUNTS = """
CREATE FUNCTION board_counts(
    entered_at timestamptz, entered_on date, voided_at timestamptz, as_at timestamptz, known_on date
) RETURNS boolean LANGUAGE sql STABLE
RETURN CASE
    WHEN as_at IS NULL THEN voided_at IS NULL
    ELSE entered_at <= as_at
        AND (voided_at IS NULL OR voided_at > as_at
            OR (known_on IS NOT NULL AND (voided_at AT TIME ZONE 'Europe/London')::date > known_on))
        AND (known_on IS NULL OR entered_on <= known_on)
END
"""
# From when until when each person held a role, in which unit of these areas: what stood before each entry of joining,
# moving or leaving, since the one before it; and after the last, what they hold today. Entries take effect when they
# are decided and are never changed, so that this is the same whatever the reading; it is known of every day.
STAYS = """
CREATE FUNCTION board_stays(areas bigint[], staff text)
RETURNS TABLE (person_id bigint, unit_id bigint, from_on date, until_on date) LANGUAGE sql STABLE AS $$
    WITH entries AS (
        SELECT e.person_id, e.kind, e.role_before, e.unit_before_id, e.area_before_id,
            (coalesce(e.decided_at, e.asked_at) AT TIME ZONE 'Europe/London')::date AS "on", e.id
        FROM people_posting e WHERE e.state = 'done' AND e.kind <> 'confirmed'
    ), steps AS (
        SELECT e.*, lag(e."on") OVER (PARTITION BY e.person_id ORDER BY e."on", e.id) AS since FROM entries e
    )
    SELECT s.person_id, s.unit_before_id, s.since, s."on" - 1 FROM steps s
    WHERE s.kind NOT IN ('joined', 'returned') AND s.role_before = staff AND s.area_before_id = ANY (areas)
        AND (s.since IS NULL OR s.since < s."on")
    UNION ALL
    SELECT u.id, u.unit_id, l."on", NULL
    FROM accounts_user u
    LEFT JOIN (SELECT e.person_id, max(e."on") AS "on" FROM entries e GROUP BY e.person_id) l ON l.person_id = u.id
    WHERE u.is_active AND u.role = staff AND u.area_id = ANY (areas)
$$
"""
# How many people of each unit were in post, from when until when; the unit is empty for those without one.
IN_POST = """
CREATE FUNCTION board_in_post(areas bigint[], staff text)
RETURNS TABLE (unit_id bigint, unit_name text, from_on date, until_on date, people bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    theirs bigint[] := figures_seen(areas);
BEGIN
    PERFORM set_config('openmappa.job', 'figures', true);
    RETURN QUERY
        SELECT s.unit_id, u.name::text, s.from_on, s.until_on, count(*)
        FROM board_stays(theirs, staff) s LEFT JOIN accounts_unit u ON u.id = s.unit_id
        GROUP BY s.unit_id, u.name, s.from_on, s.until_on;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""
# The posts of each unit of these areas, as entered, in the order of their first days.
POSTS = """
CREATE FUNCTION board_posts(areas bigint[], staff text, as_at timestamptz, known_on date)
RETURNS TABLE (unit_id bigint, unit_name text, from_on date, posts numeric)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    theirs bigint[] := figures_seen(areas);
BEGIN
    PERFORM set_config('openmappa.job', 'figures', true);
    RETURN QUERY
        SELECT e.unit_id, u.name::text, e.from_on, e.posts
        FROM people_establishment e JOIN accounts_unit u ON u.id = e.unit_id
        WHERE u.area_id = ANY (theirs) AND e.role = staff
            AND board_counts(e.entered_at, (e.entered_at AT TIME ZONE 'Europe/London')::date, e.voided_at,
                as_at, known_on)
        ORDER BY e.unit_id, e.from_on, e.id;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""
# Who was there to do the work, period by period: how many of a role were in post on the last day, on how many days of
# the period one of them was away and covered for, and how many open cases they held on the last day. A case began with
# its first fact. Of a past day by what counts in the reading: covers when they were arranged, facts. Counts alone.
STAFF = """
CREATE FUNCTION board_staff(
    areas bigint[], staff text, starts date[], ends date[], as_at timestamptz, known_on date
) RETURNS TABLE (place integer, in_post bigint, away_days bigint, cases bigint)
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
        ), there AS (
            SELECT q.place, q.since, q.until, s.person_id AS id
            FROM periods q JOIN board_stays(theirs, staff) s
                ON (s.from_on IS NULL OR s.from_on <= q.until) AND (s.until_on IS NULL OR s.until_on >= q.until)
        ), away AS (
            SELECT t.place, count(DISTINCT (t.id, d.day)) AS days
            FROM there t JOIN accounts_cover c ON c.absent_id = t.id
                AND board_counts(c.arranged_at, (c.arranged_at AT TIME ZONE 'Europe/London')::date, NULL,
                    as_at, known_on)
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
                (SELECT min(f."on") FROM timeline_fact f WHERE f.case_id = c.id
                    AND board_counts(f.recorded_at, f.recorded_on, f.voided_at, as_at, known_on)) AS began,
                (SELECT min(f."on") FROM timeline_fact f WHERE f.case_id = c.id AND f.kind = 'case_closed'
                    AND board_counts(f.recorded_at, f.recorded_on, f.voided_at, as_at, known_on)) AS closed
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
OF_STAFF = "DROP FUNCTION board_staff(bigint[], text, date[], date[], timestamptz, date)"


class Migration(migrations.Migration):
    """What stands beside a standard that fell, now or as of a past day: posts, staff, absences, caseload (8.2)."""

    dependencies = [
        ("board", "0009_answered_and_moved_on_a_day"),
        ("people", "0005_establishment_protected"),
        ("accounts", "0004_senior_ranks"),
        ("cases", "0010_samples_open_cases"),
        ("past", "0003_then_and_now"),
    ]

    operations = [
        migrations.RunSQL(COUNTS, "DROP FUNCTION board_counts(timestamptz, date, timestamptz, timestamptz, date)"),
        migrations.RunSQL(STAYS, "DROP FUNCTION board_stays(bigint[], text)"),
        migrations.RunSQL(IN_POST, "DROP FUNCTION board_in_post(bigint[], text)"),
        migrations.RunSQL(POSTS, "DROP FUNCTION board_posts(bigint[], text, timestamptz, date)"),
        migrations.RunSQL(STAFF, OF_STAFF),
    ]
