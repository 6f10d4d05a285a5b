"""Meetings and actions in bulk, as they would stand after years of use, for the coordinator's desk and the figures.

Written straight into the tables, since no service makes 200,000 actions in a minute: sittings of eight cases over the
last two years and the four weeks ahead, spread over the areas, with invitees whose attendance was noted, and actions of
which most were completed; of the rest, whoever is to be told by now has been. Each closed meeting and each action has
its fact, so that what the database insists on holds; duties are not derived from them: the caseload's own stand.
"""

from collections.abc import Sequence

import psycopg
from django.conf import settings
from django.db import connection

from openmappa.accounts.acting import as_job

A_MEETING_FOR, ACTIONS_FOR = 5, 0.5
"""For how many cases there is one meeting and one action: 20,000 and 200,000 with 100,000 cases."""
A_SITTING = 8
INVITED = 6
DAYS_BACK, DAYS_AHEAD = 730, 28

PLANNED = """
CREATE TEMP TABLE bench_sitting ON COMMIT DROP AS
SELECT nextval('meetings_sitting_id_seq') AS id, a.area_id, a.id AS chair_id, 2 + (n %% 7 = 0)::int AS level,
    day + interval '10 hours' AS starts_at, n AS hall
FROM (SELECT count(DISTINCT area_id)::int AS areas FROM accounts_user
      WHERE role = 'mappa_coordinator' AND area_id IS NOT NULL) known
CROSS JOIN LATERAL generate_series(0, greatest(%s, 3 * areas) - 1) n
JOIN (SELECT DISTINCT ON (area_id) id, area_id, dense_rank() OVER (ORDER BY area_id) - 1 AS place
      FROM accounts_user WHERE role = 'mappa_coordinator' AND area_id IS NOT NULL ORDER BY area_id, id) a
    ON a.place = n %% areas
CROSS JOIN LATERAL (SELECT date_trunc('day', now()) + make_interval(days => %s - (n / areas * 37) %% %s) AS day) d
"""
SITTINGS = """
INSERT INTO meetings_sitting (id, key, area_id, level, starts_at, ends_at, place, room, link, chair_id, called_by_id,
    called_at, cancel_reason, version)
SELECT id, gen_random_uuid(), area_id, level, starts_at, starts_at + interval '6 hours', 'Civic Centre ' || hall %% 4,
    '', '', chair_id, chair_id, starts_at - interval '20 days', '', 0
FROM bench_sitting
"""
LISTED = """
CREATE TEMP TABLE bench_meeting ON COMMIT DROP AS
WITH cases AS (
    SELECT c.id, c.area_id, row_number() OVER (PARTITION BY c.area_id ORDER BY md5(c.id::text)) - 1 AS turn,
        count(*) OVER (PARTITION BY c.area_id) AS many
    FROM cases_case c JOIN timeline_standing s ON s.case_id = c.id WHERE s.mappa_level IN (2, 3) AND NOT s.closed
), sittings AS (
    SELECT s.*, row_number() OVER (PARTITION BY s.area_id ORDER BY s.id) - 1 AS turn FROM bench_sitting s
)
SELECT nextval('meetings_meeting_id_seq') AS id, nextval('timeline_fact_id_seq') AS fact, s.id AS sitting,
    c.id AS of_case, n AS number, s.starts_at, s.level, s.chair_id, s.starts_at < now() AS held
FROM sittings s CROSS JOIN generate_series(1, %s) n
JOIN cases c ON c.area_id = s.area_id AND n <= c.many AND c.turn = (s.turn * %s + n) %% c.many
"""
FACTS = """
INSERT INTO timeline_fact (id, case_id, kind, "on", details, recorded_on, recorded_at, version, void_reason)
SELECT fact, of_case, 'mappa_meeting_held', starts_at::date, jsonb_build_object('level', level), starts_at::date,
    starts_at, 0, ''
FROM bench_meeting WHERE held
"""
MEETING_ROWS = """
INSERT INTO meetings_meeting (id, key, sitting_id, case_id, number, starts_at, why, minutes, concerns_child, child_why,
    concerns_victim, victim_why, listed_by_id, listed_at, taken_off_reason, opened_at, opened_by_id, closed_at,
    closed_by_id, review_on, review_reason, fact_id)
SELECT id, gen_random_uuid(), sitting, of_case, number, starts_at, 'Its review was due', 30, false, '', false, '',
    chair_id, starts_at - interval '20 days', '', CASE WHEN held THEN starts_at END, CASE WHEN held THEN chair_id END,
    CASE WHEN held THEN starts_at + interval '30 minutes' END, CASE WHEN held THEN chair_id END,
    CASE WHEN held THEN starts_at::date + 84 END, '', CASE WHEN held THEN fact END
FROM bench_meeting
"""
INVITEES = """
INSERT INTO meetings_invitee (key, meeting_id, case_id, person_id, agency_id, name, post, email, kind, invited_by_id,
    invited_at, withdraw_reason, reply, deputy_name, attendance, attended_name, attended_rank, attended_grade,
    sent_in_writing, noted_by_id, noted_at)
SELECT gen_random_uuid(), m.id, m.of_case, NULL, a.id, 'Invitee ' || n, '', '', 'core', m.chair_id,
    m.starts_at - interval '20 days', '', '', '', t.attendance, '',
    CASE WHEN t.attendance = '' THEN ''
        ELSE (ARRAY['sergeant', 'senior_probation_officer', 'constable'])[n %% 3 + 1] END,
    '', '', CASE WHEN t.attendance <> '' THEN m.chair_id END, CASE WHEN t.attendance <> '' THEN m.starts_at END
FROM bench_meeting m CROSS JOIN generate_series(1, %s) n
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS many FROM accounts_agency) a
    ON a.place = n %% a.many
CROSS JOIN LATERAL (SELECT CASE WHEN m.held THEN
    (ARRAY['attended', 'attended', 'attended', 'deputy', 'apologies', 'absent'])[(m.id + n) %% 6 + 1]
    ELSE '' END) t (attendance)
"""
AGREED = """
CREATE TEMP TABLE bench_action ON COMMIT DROP AS
SELECT a.*, 'B' || a.fact AS number FROM (
    SELECT nextval('timeline_fact_id_seq') AS fact, m.of_case, m.starts_at, m.starts_at::date + 14 + (n * 7) AS due_on,
        m.chair_id, n, m.id AS meeting
    FROM (SELECT * FROM bench_meeting WHERE held) m CROSS JOIN generate_series(1, %s) n LIMIT %s) a
"""
ACTION_FACTS = """
INSERT INTO timeline_fact (id, case_id, kind, "on", details, recorded_on, recorded_at, version, void_reason)
SELECT fact, of_case, 'action_agreed', starts_at::date,
    jsonb_build_object('action', number, 'service', 'police', 'due_on', due_on), starts_at::date, starts_at, 0, ''
FROM bench_action
"""
ACTION_ROWS = """
INSERT INTO actions_action (key, case_id, area_id, reference, number, text, agency_id, owner_id, owner_words, service,
    agreed_on, first_due_on, due_on, meeting, fact_id, mistaken, agreed_by_id, agreed_at, state, completed_on,
    done_fact_id, offer_declined, owner_left, reminded_at, manager_told_at, smb_told_at, version)
SELECT gen_random_uuid(), b.of_case, c.area_id, c.reference, b.number, 'Find out and tell the meeting',
    coalesce(o.agency_id, a.id), o.id, CASE WHEN o.id IS NULL THEN 'Whoever is on duty' ELSE '' END, 'police',
    b.starts_at::date, b.due_on, b.due_on, m.key, b.fact, false, b.chair_id, b.starts_at,
    CASE WHEN done THEN 'completed' ELSE 'accepted' END, CASE WHEN done THEN b.due_on - 2 END,
    CASE WHEN done THEN b.fact END, false, NOT done AND b.n = 3 AND o.id IS NOT NULL,
    CASE WHEN b.due_on <= current_date + 14 THEN now() END, CASE WHEN b.due_on < current_date THEN now() END,
    CASE WHEN b.due_on < current_date THEN now() END, 0
FROM bench_action b JOIN cases_case c ON c.id = b.of_case JOIN meetings_meeting m ON m.id = b.meeting
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS many FROM accounts_agency) a
    ON a.place = b.n %% a.many
LEFT JOIN accounts_user o
    ON o.id = CASE b.n %% 3 WHEN 0 THEN c.police_officer_id WHEN 1 THEN c.case_manager_id END
CROSS JOIN LATERAL (SELECT b.due_on < current_date - 3 AND (b.fact %% 20) > 0 AS done) d
"""
TABLES = ("meetings_sitting", "meetings_meeting", "meetings_invitee", "actions_action", "timeline_fact")


def coordinated(cases: int) -> dict[str, int]:
    """Write meetings and actions as so many cases have, in one transaction, and say how many there are then."""
    meetings, actions = max(cases // A_MEETING_FOR, 1), int(cases / ACTIONS_FOR)
    statements: Sequence[tuple[str, list[int]]] = [
        (PLANNED, [-(-meetings // A_SITTING), DAYS_AHEAD, DAYS_BACK + DAYS_AHEAD]),
        (SITTINGS, []),
        (LISTED, [A_SITTING, A_SITTING]),
        (FACTS, []),
        (MEETING_ROWS, []),
        (INVITEES, [INVITED]),
        (AGREED, [-(-actions // meetings) + 1, actions]),
        (ACTION_FACTS, []),
        (ACTION_ROWS, []),
    ]
    with as_job("bench"), connection.cursor() as cursor:
        for statement, values in statements:
            cursor.execute(statement, values)
    name = connection.settings_dict["NAME"]
    with psycopg.connect(**settings.DATABASE_ACCESS.owner.for_psycopg(name), autocommit=True) as owner:
        for table in TABLES:
            owner.execute(f"VACUUM ANALYZE {table}")
    with as_job("bench"), connection.cursor() as cursor:
        return {table: _rows(cursor, table) for table in TABLES}


def _rows(cursor: object, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")  # type: ignore[attr-defined]
    return int(cursor.fetchone()[0])  # type: ignore[attr-defined]
