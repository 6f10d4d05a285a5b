from django.db import migrations

# Counts of an area and a year, and nothing else, for those who see its figures; docs/how-to/annual-report.md says each
# rule in words, tests/annual_report/test_counts.py counts them again by hand. A case counts for the area that was
# responsible: `ours` are its stretches there (the first of a case has no beginning), `windows` those in the year while
# it was open: from `ws` to `we`, `at_end` where it was there and open at the end of the year. What stood at the end of `ws`
# stood in the window, and what stood at the end of a later day of it. `managed`: registered, or at a level.
# Of orders, `steps` are those on people who were managed, `steps_then` those that fell into the year where the case was
# ours; `obeyed` what was in force at its end (the last step but a variation says so), `broken` breaches by their day,
# `recalls` those asked for in the year. What was set aside counts nowhere. Without nested loops, as figures of MAPPA
# (coordination/migrations/0001).
COUNTS = """
CREATE FUNCTION annual_report_counts(of_area bigint, since date, until date)
RETURNS TABLE (what text, one text, other integer, k bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_nestloop = off SET work_mem = '64MB' AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    theirs bigint[] := figures_seen(ARRAY[of_area]);
BEGIN
    IF cardinality(theirs) = 0 THEN
        RETURN;
    END IF;
    PERFORM set_config('openmappa.job', 'figures', true);
    RETURN QUERY
        WITH ours AS MATERIALIZED (
            SELECT s.case_id, s.from_on, s.until_on FROM (
                SELECT r.case_id,
                    CASE WHEN r.number > 1 THEN (r.from_at AT TIME ZONE 'Europe/London')::date END AS from_on,
                    (r.until_at AT TIME ZONE 'Europe/London')::date AS until_on
                FROM cases_responsibility r WHERE r.area_id = ANY (theirs)
            ) s
            WHERE (s.from_on IS NULL OR s.from_on <= until) AND (s.until_on IS NULL OR s.until_on > since)
                AND (s.from_on IS NULL OR s.until_on IS NULL OR s.from_on < s.until_on)
        ), facts AS MATERIALIZED (
            SELECT f.id, f.case_id, f.kind, f."on", f.details
            FROM timeline_fact f
            WHERE f.case_id IN (SELECT o.case_id FROM ours o) AND f.voided_at IS NULL AND f."on" <= until
                AND f.kind IN ('registered', 'registration_ended', 'mappa_level_set', 'case_closed', 'order_started',
                    'order_ended', 'custody_started', 'breach_found', 'enforcement_taken')
        ), closings AS (
            SELECT f.case_id, min(f."on") AS closed FROM facts f WHERE f.kind = 'case_closed' GROUP BY f.case_id
        ), windows AS MATERIALIZED (
            SELECT o.case_id, greatest(since, o.from_on) AS ws, least(until, o.until_on - 1) AS we, c.closed,
                (o.until_on IS NULL OR o.until_on > until) AND c.closed IS NULL AS at_end
            FROM ours o LEFT JOIN closings c ON c.case_id = o.case_id
            WHERE c.closed IS NULL OR c.closed > greatest(since, o.from_on)
        ), levels AS (
            SELECT DISTINCT ON (f.case_id, f."on") f.case_id, f.id, f."on",
                (f.details ->> 'level')::integer AS level, (f.details ->> 'category')::integer AS category
            FROM facts f WHERE f.kind = 'mappa_level_set' ORDER BY f.case_id, f."on", f.id DESC
        ), marks AS (
            SELECT DISTINCT ON (f.case_id, f."on") f.case_id, f.id, f."on", f.kind = 'registered' AS registered
            FROM facts f WHERE f.kind IN ('registered', 'registration_ended') ORDER BY f.case_id, f."on", f.id DESC
        ), level_at_end AS (
            SELECT DISTINCT ON (w.case_id) w.case_id, l.level, l.category
            FROM windows w JOIN levels l ON l.case_id = w.case_id WHERE w.at_end
            ORDER BY w.case_id, l."on" DESC, l.id DESC
        ), mark_at_end AS (
            SELECT DISTINCT ON (w.case_id) w.case_id, m.registered
            FROM windows w JOIN marks m ON m.case_id = w.case_id WHERE w.at_end
            ORDER BY w.case_id, m."on" DESC, m.id DESC
        ), standing AS (
            SELECT w.case_id, coalesce(l.level, 1) AS level,
                CASE WHEN coalesce(m.registered, false) THEN 1 ELSE l.category END AS category
            FROM windows w
            LEFT JOIN level_at_end l ON l.case_id = w.case_id LEFT JOIN mark_at_end m ON m.case_id = w.case_id
            WHERE w.at_end AND (l.case_id IS NOT NULL OR m.registered)
        ), in_force AS (
            (SELECT DISTINCT ON (w.case_id, w.ws) w.case_id, l.level, l.category, l."on", l.id
                FROM windows w JOIN levels l ON l.case_id = w.case_id AND l."on" <= w.ws
                ORDER BY w.case_id, w.ws, l."on" DESC, l.id DESC)
            UNION ALL
            SELECT w.case_id, l.level, l.category, l."on", l.id
            FROM windows w JOIN levels l ON l.case_id = w.case_id AND l."on" > w.ws AND l."on" <= w.we
            WHERE w.closed IS NULL OR l."on" < w.closed
        ), highest AS (
            SELECT DISTINCT ON (i.case_id) i.case_id, i.level, i.category
            FROM in_force i ORDER BY i.case_id, i.level DESC, i."on" DESC, i.id DESC
        ), registered_then AS (
            SELECT first.case_id FROM (
                SELECT DISTINCT ON (w.case_id, w.ws) w.case_id, m.registered
                FROM windows w JOIN marks m ON m.case_id = w.case_id AND m."on" <= w.ws
                ORDER BY w.case_id, w.ws, m."on" DESC, m.id DESC
            ) first WHERE first.registered
            UNION
            SELECT w.case_id
            FROM windows w JOIN marks m ON m.case_id = w.case_id AND m."on" > w.ws AND m."on" <= w.we
            WHERE m.registered AND (w.closed IS NULL OR m."on" < w.closed)
        ), managed AS MATERIALIZED (
            SELECT coalesce(h.case_id, r.case_id) AS case_id, coalesce(h.level, 1) AS level,
                CASE WHEN r.case_id IS NOT NULL THEN 1 ELSE h.category END AS category
            FROM highest h FULL JOIN registered_then r ON r.case_id = h.case_id
        ), happened AS MATERIALIZED (
            SELECT f.id, f.case_id, f.kind, f."on", f.details
            FROM facts f JOIN windows w ON w.case_id = f.case_id AND f."on" BETWEEN w.ws AND w.we
            JOIN managed m ON m.case_id = f.case_id
            WHERE f.kind IN ('order_started', 'custody_started', 'breach_found', 'enforcement_taken')
                AND (w.closed IS NULL OR f."on" <= w.closed)
        ), recalled AS (
            SELECT DISTINCT ON (h.id) h.case_id, o.kind, o.details ->> 'order' AS sentence
            FROM happened h JOIN facts o ON o.case_id = h.case_id AND o.kind IN ('order_started', 'order_ended')
                AND (o."on" < h."on" OR (o."on" = h."on" AND o.id < h.id))
            WHERE h.kind = 'custody_started'
            ORDER BY h.id, o."on" DESC, o.id DESC
        ), breaches AS (
            SELECT h.case_id, min(h."on") AS "on" FROM happened h WHERE h.kind = 'breach_found' GROUP BY h.case_id
        ), reviews AS (
            SELECT v.id, v.level, v.concluded_at IS NOT NULL AS concluded
            FROM further_offences_furtheroffencereview v
            JOIN ours o ON o.case_id = v.case_id AND (o.from_on IS NULL OR v.charged_on >= o.from_on)
                AND (o.until_on IS NULL OR v.charged_on < o.until_on)
            WHERE v.charged_on BETWEEN since AND until
        ), steps AS MATERIALIZED (
            SELECT p.id, p.case_id, p.order_id, p.step, p."on", p.until_on, p.open_ended, c.kind
            FROM orders_orderstep p
            JOIN orders_civilorder c ON c.id = p.order_id AND c.set_aside_at IS NULL
            JOIN managed m ON m.case_id = p.case_id
            WHERE p.set_aside_at IS NULL AND p."on" <= until
        ), steps_then AS (
            SELECT s.case_id, s.kind, s.step FROM steps s JOIN windows w ON w.case_id = s.case_id
                AND s."on" BETWEEN w.ws AND w.we AND (w.closed IS NULL OR s."on" <= w.closed)
        ), last_steps AS (
            SELECT DISTINCT ON (s.order_id) s.case_id, s.kind, s.step, s.until_on, s.open_ended
            FROM steps s WHERE s.step <> 'varied' ORDER BY s.order_id, s."on" DESC, s.id DESC
        ), obeyed AS (
            SELECT l.case_id, l.kind FROM last_steps l JOIN windows w ON w.case_id = l.case_id AND w.at_end
            WHERE l.step IN ('interim', 'made', 'renewed') AND (l.open_ended OR l.until_on >= until)
        ), broken AS (
            SELECT b.case_id FROM orders_orderbreach b
            JOIN orders_civilorder c ON c.id = b.order_id AND c.set_aside_at IS NULL
            JOIN managed m ON m.case_id = b.case_id
            JOIN windows w ON w.case_id = b.case_id AND b."on" BETWEEN w.ws AND w.we
                AND (w.closed IS NULL OR b."on" <= w.closed)
            WHERE b.set_aside_at IS NULL
        ), recalls AS (
            SELECT r.case_id, r.decision, r.decided_on, back."on" AS back_on
            FROM orders_recall r
            JOIN managed m ON m.case_id = r.case_id
            JOIN windows w ON w.case_id = r.case_id AND r.asked_on BETWEEN w.ws AND w.we
                AND (w.closed IS NULL OR r.asked_on <= w.closed)
            LEFT JOIN timeline_fact back ON back.id = r.returned_id AND back.voided_at IS NULL
            WHERE r.set_aside_at IS NULL
        )
        SELECT 'at_the_end', s.category::text, s.level, count(DISTINCT s.case_id) FROM standing s
            GROUP BY s.category, s.level
        UNION ALL
        SELECT 'in_the_year', m.category::text, m.level, count(*) FROM managed m GROUP BY m.category, m.level
        UNION ALL
        SELECT 'order', h.details ->> 'order', 0, count(DISTINCT h.case_id)
            FROM happened h WHERE h.kind = 'order_started' GROUP BY h.details ->> 'order'
        UNION ALL
        SELECT 'breach', '', 0, count(*) FROM breaches
        UNION ALL
        SELECT 'enforced', '', 0, count(*) FROM breaches b WHERE EXISTS (
            SELECT 1 FROM happened h WHERE h.case_id = b.case_id AND h.kind = 'enforcement_taken' AND h."on" >= b."on")
        UNION ALL
        SELECT 'recalled', '', 0, count(DISTINCT r.case_id) FROM recalled r
            WHERE r.kind = 'order_started' AND r.sentence IN ('licence', 'extended_licence')
        UNION ALL
        SELECT 'further_offence', '', coalesce(v.level, 0)::integer, count(*) FROM reviews v GROUP BY coalesce(v.level, 0)
        UNION ALL
        SELECT 'concluded', '', 0, count(*) FROM reviews v WHERE v.concluded
        UNION ALL
        SELECT 'civil_' || s.step, s.kind, 0, count(DISTINCT s.case_id) FROM steps_then s
            WHERE s.step IN ('applied', 'made') GROUP BY s.step, s.kind
        UNION ALL
        SELECT 'civil_in_force', o.kind, 0, count(DISTINCT o.case_id) FROM obeyed o GROUP BY o.kind
        UNION ALL
        SELECT 'civil_breached', '', 0, count(DISTINCT b.case_id) FROM broken b
        UNION ALL
        SELECT 'recall_asked', '', 0, count(DISTINCT r.case_id) FROM recalls r
        UNION ALL
        SELECT 'recall_revoked', '', 0, count(DISTINCT r.case_id) FROM recalls r
            WHERE r.decision = 'revoked' AND r.decided_on <= until
        UNION ALL
        SELECT 'recall_returned', '', 0, count(DISTINCT r.case_id) FROM recalls r
            WHERE r.decision = 'revoked' AND r.decided_on <= until AND r.back_on <= until;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""


class Migration(migrations.Migration):
    """What the annual report counts of cases: by a function of the owner's, which gives counts alone."""

    dependencies = [
        ("annual_report", "0002_protection"),
        ("cases", "0010_samples_open_cases"),
        ("further_offences", "0004_acknowledgements_protected"),
        ("orders", "0002_protection"),
        ("past", "0003_then_and_now"),
        ("timeline", "0010_fact_of_mappa_holds_details"),
    ]

    operations = [migrations.RunSQL(COUNTS, "DROP FUNCTION annual_report_counts(bigint, date, date)")]
