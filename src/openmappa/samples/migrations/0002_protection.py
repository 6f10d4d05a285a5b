from django.db import migrations

from openmappa.audit.protection import case_is_seen, history, protect

# Who works on an exercise; and whose area it looks at, where they coordinate MAPPA or manage: they may draw it again.
WORKS = """
CREATE FUNCTION samples_works_on(of_exercise bigint) RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (
    SELECT 1 FROM samples_exercisemember m
    WHERE m.exercise_id = of_exercise AND m.person_id = access_person() AND m.until_at IS NULL
)
"""
READS = """
CREATE FUNCTION samples_reads(of_exercise bigint) RETURNS boolean LANGUAGE sql STABLE
RETURN samples_works_on(of_exercise) OR (access_role() IN ('mappa_coordinator', 'line_manager') AND EXISTS (
    SELECT 1 FROM samples_exercisearea a WHERE a.exercise_id = of_exercise AND a.area_id = access_area()
))
"""
OF_LIST = "EXISTS (SELECT 1 FROM samples_caselist l WHERE l.id = {column} AND {test}(l.exercise_id))"
OF_SAMPLE = "EXISTS (SELECT 1 FROM samples_drawnsample s WHERE s.id = {column} AND {test}(s.exercise_id))"
STAFF = "(SELECT access_role()) IN ('inspector', 'smb_member', 'line_manager', 'mappa_coordinator')"
OF_A_SAMPLED = "EXISTS (SELECT 1 FROM samples_sampledcase seen WHERE seen.id = samples_gift.sampled_id)"

# Every case of the exercise's areas on its day, as it was known at the end of that day, onto a list that is still empty.
# It takes the rights of the owner, because whoever makes a list opens few of its cases; it gives back how many there are
# and leaves keys and traits, never a name. core.standards.state says the same of one case; a test compares the two.
# `child_items`, `child_levels` and `child_answers` are those of the pack's mappa_meetings.toml and of OASys.
LIST = """
CREATE FUNCTION samples_list(of_list bigint, child_items text[], child_levels text[], child_answers text[])
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    list samples_caselist%ROWTYPE;
    exercise samples_exercise%ROWTYPE;
    theirs bigint[];
    day_ends timestamptz;
    found integer;
BEGIN
    PERFORM set_config('openmappa.job', 'samples', true);
    SELECT * INTO STRICT list FROM samples_caselist WHERE id = of_list FOR UPDATE;
    SELECT * INTO STRICT exercise FROM samples_exercise WHERE id = list.exercise_id;
    theirs := ARRAY(SELECT area_id FROM samples_exercisearea WHERE exercise_id = exercise.id);
    IF list.made_by_id IS DISTINCT FROM access_person() OR NOT samples_works_on(exercise.id)
            OR access_role() NOT IN ('inspector', 'smb_member', 'line_manager', 'mappa_coordinator')
            OR exercise.ended_at IS NOT NULL
            OR (access_role() <> 'inspector' AND theirs <> ARRAY[access_area()])
            OR EXISTS (SELECT FROM samples_listedcase WHERE case_list_id = of_list) THEN
        RAISE EXCEPTION 'This list is not to be made by the person who asks.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    day_ends := (exercise."on" + 1)::timestamp AT TIME ZONE 'Europe/London';
    WITH held AS MATERIALIZED (
        SELECT c.id, c.key, c.person_id, a.name AS area
        FROM cases_responsibility r JOIN cases_case c ON c.id = r.case_id JOIN accounts_area a ON a.id = r.area_id
        WHERE r.area_id = ANY (theirs) AND (r.number = 1 OR r.from_at < day_ends)
            AND (r.until_at IS NULL OR r.until_at >= day_ends)
    ), facts AS MATERIALIZED (
        SELECT f.id, f.case_id, f.kind, f."on", f.details
        FROM timeline_fact f JOIN held ON held.id = f.case_id
        WHERE f."on" <= exercise."on" AND f.recorded_on <= exercise."on"
            AND (f.voided_at IS NULL OR f.voided_at >= day_ends)
            AND f.kind IN ('order_started', 'order_ended', 'registered', 'registration_ended', 'mappa_level_set',
                'oasys_completed', 'harm_level_set', 'case_closed')
    ), orders AS (
        SELECT DISTINCT ON (case_id) case_id, kind = 'order_started' AS runs, details ->> 'order' AS sort
        FROM facts WHERE kind IN ('order_started', 'order_ended') ORDER BY case_id, "on" DESC, id DESC
    ), starts AS (
        SELECT DISTINCT ON (case_id) case_id, "on"
        FROM facts WHERE kind = 'order_started' ORDER BY case_id, "on" DESC, id DESC
    ), registrations AS (
        SELECT DISTINCT ON (case_id) case_id, kind = 'registered' AS runs
        FROM facts WHERE kind IN ('registered', 'registration_ended') ORDER BY case_id, "on" DESC, id DESC
    ), levels AS (
        SELECT DISTINCT ON (case_id) case_id, details ->> 'level' AS level
        FROM facts WHERE kind = 'mappa_level_set' ORDER BY case_id, "on" DESC, id DESC
    ), harms AS MATERIALIZED (
        SELECT id, case_id, "on", coalesce(details ->> 'harm', details ->> 'level') AS harm
        FROM facts WHERE kind = 'harm_level_set' OR (kind = 'oasys_completed' AND details ? 'harm')
    ), harm AS (
        SELECT DISTINCT ON (case_id) case_id, harm FROM harms ORDER BY case_id, "on" DESC, id DESC
    ), harm_at_start AS (
        SELECT DISTINCT ON (h.case_id) h.case_id, h.harm
        FROM harms h LEFT JOIN starts s ON s.case_id = h.case_id
        ORDER BY h.case_id, (h."on" >= s."on") DESC NULLS LAST,
            CASE WHEN h."on" >= s."on" OR s."on" IS NULL THEN h."on" - DATE '1900-01-01'
                ELSE DATE '1900-01-01' - h."on" END,
            CASE WHEN h."on" >= s."on" OR s."on" IS NULL THEN h.id ELSE -h.id END
    ), last_oasys AS (
        SELECT DISTINCT ON (o.case_id) o.case_id, o.id
        FROM oasys_oasys o JOIN facts f ON f.id = o.fact_id
        WHERE o.signed_at < day_ends ORDER BY o.case_id, f."on" DESC, f.id DESC
    ), children AS (
        SELECT o.case_id, bool_or(
            (answer.name = ANY (child_items) AND answer.value #>> '{}' = ANY (child_levels))
            OR (answer.name = ANY (child_answers)
                AND answer.value #>> '{}' IN ('true', 'current', 'previous', 'both'))) AS at_risk
        FROM last_oasys o JOIN oasys_oasyssection s ON s.oasys_id = o.id
        CROSS JOIN LATERAL jsonb_each(s.answers) AS answer (name, value)
        GROUP BY o.case_id
    ), known AS (
        SELECT held.*, p.sex, p.ethnicity, l.level, coalesce(o.runs, false) AS supervised,
            coalesce(r.runs, false) AS registered, o.sort,
            coalesce(h.harm IN ('high', 'very_high'), false) AS high,
            coalesce(hs.harm IN ('high', 'very_high'), false) AS high_at_start, coalesce(c.at_risk, false) AS at_risk
        FROM held
        JOIN cases_person p ON p.id = held.person_id
        LEFT JOIN orders o ON o.case_id = held.id
        LEFT JOIN registrations r ON r.case_id = held.id
        LEFT JOIN levels l ON l.case_id = held.id
        LEFT JOIN harm h ON h.case_id = held.id
        LEFT JOIN harm_at_start hs ON hs.case_id = held.id
        LEFT JOIN children c ON c.case_id = held.id
        WHERE NOT EXISTS (SELECT FROM facts f WHERE f.case_id = held.id AND f.kind = 'case_closed')
    ), listed AS (
        SELECT id, left(encode(sha256(convert_to(format('["%s","%s"]', key, exercise."on"), 'UTF8')), 'hex'), 12) AS key,
            CASE list.strata WHEN 'area' THEN area ELSE coalesce('Level ' || level, 'No level') END AS stratum,
            jsonb_build_object(
                'ethnicity', coalesce(nullif(ethnicity, ''), 'not known'),
                'sex', coalesce(nullif(sex, ''), 'not known'),
                'mappa', CASE WHEN level IS NULL THEN 'no' ELSE 'yes' END,
                'level', coalesce(level, 'none'),
                'licence', CASE WHEN supervised AND sort IN ('licence', 'extended_licence') THEN 'yes' ELSE 'no' END,
                'high_harm', CASE WHEN high THEN 'yes' ELSE 'no' END,
                'high_harm_at_start', CASE WHEN high_at_start THEN 'yes' ELSE 'no' END,
                'child_protection', CASE WHEN at_risk THEN 'yes' ELSE 'no' END) AS traits
        FROM known
        WHERE CASE list.whom
            WHEN 'managed' THEN supervised OR registered
            WHEN 'supervised' THEN supervised
            WHEN 'registered' THEN registered
            ELSE level IS NOT NULL END
    ), put AS (
        INSERT INTO samples_listedcase (case_list_id, key, stratum, traits)
        SELECT of_list, key, stratum, traits FROM listed ORDER BY key RETURNING id, key
    ), linked AS (
        INSERT INTO samples_listedlink (listed_id, case_id)
        SELECT put.id, listed.id FROM put JOIN listed ON listed.key = put.key RETURNING 1
    )
    SELECT count(*) INTO found FROM linked;
    PERFORM set_config('openmappa.job', job, true);
    RETURN found;
END $$
"""
# Bring what is open in step with what is in the sample: each case of it is given to those who work on the exercise; what
# was given of a case that was replaced, or to somebody who works on it no more, ends; and all of it when the exercise
# does. The kind by which a case opens is the exercise's purpose; a board member opens every case as an audit
# (core.involvement.KIND_OPENS). It gives back the numbers of the cases that are in the sample now.
OPEN = """
CREATE FUNCTION samples_open(of_sample bigint, why text, why_ends text) RETURNS bigint[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    sample samples_drawnsample%ROWTYPE;
    exercise samples_exercise%ROWTYPE;
    now timestamptz := clock_timestamp();
    given record;
    keys text[];
    new_id bigint;
    current_cases bigint[];
BEGIN
    PERFORM set_config('openmappa.job', 'samples', true);
    SELECT * INTO STRICT sample FROM samples_drawnsample WHERE id = of_sample FOR UPDATE;
    SELECT * INTO STRICT exercise FROM samples_exercise WHERE id = sample.exercise_id;
    IF access_person() IS NULL OR NOT EXISTS (
        SELECT FROM samples_exercisemember m WHERE m.exercise_id = exercise.id AND m.person_id = access_person()
    ) THEN
        RAISE EXCEPTION 'This sample is not of the person who asks.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    keys := ARRAY(
        SELECT jsonb_array_elements_text(g -> 'drawn') FROM jsonb_array_elements(sample.groups) g
        UNION SELECT into_key FROM samples_replacement WHERE sample_id = of_sample
        EXCEPT SELECT out_key FROM samples_replacement WHERE sample_id = of_sample);
    UPDATE samples_sampledcase SET left_at = now
        WHERE sample_id = of_sample AND left_at IS NULL AND key <> ALL (keys);
    INSERT INTO samples_sampledcase (sample_id, key, case_id, from_at, left_words)
        SELECT of_sample, l.key, k.case_id, now, ''
        FROM samples_listedcase l JOIN samples_listedlink k ON k.listed_id = l.id
        WHERE l.case_list_id = sample.case_list_id AND l.key = ANY (keys) AND NOT EXISTS (SELECT FROM samples_sampledcase s WHERE s.sample_id = of_sample AND s.key = l.key);
    UPDATE cases_involvement SET ended_at = now, ended_by_id = access_person(), end_reason = why_ends
        WHERE ended_at IS NULL AND id IN (
            SELECT g.involvement_id FROM samples_gift g
            JOIN samples_sampledcase s ON s.id = g.sampled_id JOIN samples_exercisemember m ON m.id = g.member_id
            WHERE s.sample_id = of_sample
                AND (exercise.ended_at IS NOT NULL OR s.left_at IS NOT NULL OR m.until_at IS NOT NULL));
    IF exercise.ended_at IS NULL THEN
        FOR given IN
            SELECT s.id AS sampled, s.case_id, m.id AS member, m.person_id,
                CASE u.role WHEN 'smb_member' THEN 'audit' ELSE exercise.purpose END AS kind
            FROM samples_sampledcase s
            JOIN samples_exercisemember m ON m.exercise_id = exercise.id AND m.until_at IS NULL
            JOIN accounts_user u ON u.id = m.person_id
            WHERE s.sample_id = of_sample AND s.left_at IS NULL
                AND NOT EXISTS (SELECT FROM samples_gift g WHERE g.sampled_id = s.id AND g.member_id = m.id)
            ORDER BY s.id, m.id
        LOOP
            INSERT INTO cases_involvement
                (case_id, kind, person_id, from_at, reason, given_by_id, given_at, end_reason)
                VALUES (given.case_id, given.kind, given.person_id, now, why, access_person(), now, '')
                RETURNING id INTO new_id;
            INSERT INTO samples_gift (sampled_id, member_id, involvement_id)
                VALUES (given.sampled, given.member, new_id);
        END LOOP;
    END IF;
    current_cases := ARRAY(
        SELECT case_id FROM samples_sampledcase WHERE sample_id = of_sample AND left_at IS NULL ORDER BY case_id);
    PERFORM set_config('openmappa.job', job, true);
    RETURN current_cases;
END $$
"""
KEPT = [
    "REVOKE UPDATE, DELETE ON samples_caselist, samples_listedcase, samples_listedlink, samples_drawnsample, "
    "samples_replacement, samples_gift FROM openmappa_app",
    "GRANT UPDATE (size, digest) ON samples_caselist TO openmappa_app",
    "REVOKE DELETE ON samples_sampledcase FROM openmappa_app",
    "REVOKE DELETE ON samples_exercise, samples_exercisearea, samples_exercisemember FROM openmappa_app",
]
LET = [
    "GRANT UPDATE, DELETE ON samples_caselist, samples_listedcase, samples_listedlink, samples_drawnsample, "
    "samples_replacement, samples_gift, samples_sampledcase, samples_exercise, samples_exercisearea, "
    "samples_exercisemember TO openmappa_app"
]
ARGUMENTS = {"samples_list": "bigint, text[], text[], text[]", "samples_open": "bigint, text, text"}
RIGHTS = [
    f"{verb} ON FUNCTION {name}({ARGUMENTS[name]}) {whom}"
    for name in ARGUMENTS
    for verb, whom in (("REVOKE ALL", "FROM PUBLIC"), ("GRANT EXECUTE", "TO openmappa_app"))
]


class Migration(migrations.Migration):
    """Lists and draws are there for those who work on them and for managers of their areas; cases for who sees them.

    Two functions of the owner's reach further, for whoever works on an exercise: one lists the cases of its areas as
    keys and traits, one opens the cases that were drawn.
    """

    dependencies = [
        ("samples", "0001_record"),
        ("cases", "0010_samples_open_cases"),
        ("timeline", "0009_duty_judged"),
        ("oasys", "0007_what_arrives_late"),
        ("audit", "0003_history"),
    ]

    operations = [
        migrations.RunSQL(WORKS, "DROP FUNCTION samples_works_on(bigint)"),
        migrations.RunSQL(READS, "DROP FUNCTION samples_reads(bigint)"),
        protect(
            "samples_caselist",
            where="samples_reads(exercise_id)",
            check="samples_works_on(exercise_id) AND made_by_id = access_person()",
        ),
        protect("samples_listedcase", where=OF_LIST.format(column="case_list_id", test="samples_reads"), check="false"),
        protect("samples_listedlink", where="false"),
        protect("samples_drawnsample", where="samples_reads(exercise_id)", check="samples_works_on(exercise_id)"),
        *(
            protect(f"samples_{name}", where=OF_SAMPLE.format(column="sample_id", test="samples_reads"))
            for name in ("replacement", "jointwork")
        ),
        protect("samples_sampledcase", where=f"{STAFF} AND {case_is_seen('case_id', 'samples_sampledcase')}"),
        protect("samples_gift", where=OF_A_SAMPLED, check="false"),
        migrations.RunSQL(LIST, f"DROP FUNCTION samples_list({ARGUMENTS['samples_list']})"),
        migrations.RunSQL(OPEN, f"DROP FUNCTION samples_open({ARGUMENTS['samples_open']})"),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, LET),
        *(
            history(f"samples_{name}")
            for name in ("exercise", "exercisearea", "exercisemember", "caselist", "drawnsample", "replacement")
        ),
        history("samples_jointwork"),
        history("samples_sampledcase", case="case_id"),
    ]
