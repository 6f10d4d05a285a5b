from django.db import migrations

from openmappa.audit.protection import case_is_seen, history, protect

# Whether an exercise goes on: after its end nothing of it is written any more.
RUNS = """
CREATE FUNCTION assessing_runs(of_exercise bigint) RETURNS boolean LANGUAGE sql STABLE
RETURN samples_works_on(of_exercise)
    AND EXISTS (SELECT 1 FROM samples_exercise e WHERE e.id = of_exercise AND e.ended_at IS NULL)
"""
# Whether the answers of an assessment may be read by whoever asks: their own; or, among those who work on the exercise,
# once it is signed and no other assessment of the case waits for its signature. Of a blind one both have to be there.
OPEN = """
CREATE FUNCTION assessing_open(of_assessment bigint) RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (
    SELECT 1 FROM assessing_assessment a
    WHERE a.id = of_assessment AND samples_works_on(a.exercise_id) AND (
        a.inspector_id = access_person()
        OR (a.signed_at IS NOT NULL
            AND NOT EXISTS (
                SELECT 1 FROM assessing_assessment b
                WHERE b.exercise_id = a.exercise_id AND b.case_key = a.case_key
                    AND b.withdrawn_at IS NULL AND b.signed_at IS NULL)
            AND (NOT a.blind OR 2 = (
                SELECT count(*) FROM assessing_assessment b
                WHERE b.exercise_id = a.exercise_id AND b.case_key = a.case_key AND b.withdrawn_at IS NULL))))
)
"""
# Whether whoever asks writes in an assessment: it is theirs, and not signed.
WRITES = """
CREATE FUNCTION assessing_writes(of_assessment bigint) RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (
    SELECT 1 FROM assessing_assessment a
    WHERE a.id = of_assessment AND a.inspector_id = access_person() AND a.signed_at IS NULL
        AND a.withdrawn_at IS NULL AND assessing_runs(a.exercise_id)
)
"""
# Whether both assessments of a case are signed.
BOTH = """
CREATE FUNCTION assessing_both_signed(of_exercise bigint, of_case text) RETURNS boolean LANGUAGE sql STABLE
RETURN 2 = (
    SELECT count(*) FROM assessing_assessment a
    WHERE a.exercise_id = of_exercise AND a.case_key = of_case AND a.withdrawn_at IS NULL AND a.signed_at IS NOT NULL
)
"""
# How many questions each assessment of an exercise has answered, for those who work on it: how far it is, and nothing
# of what was answered. It takes the rights of the owner, because nobody reads the answers of a blind one.
PROGRESS = """
CREATE FUNCTION assessing_progress(of_exercise bigint) RETURNS TABLE (assessment bigint, answered bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
BEGIN
    IF NOT samples_works_on(of_exercise) THEN
        RETURN;
    END IF;
    PERFORM set_config('openmappa.job', 'assessing', true);
    RETURN QUERY
        SELECT a.id, (SELECT count(*) FROM assessing_givenanswer g WHERE g.assessment_id = a.id)
        FROM assessing_assessment a WHERE a.exercise_id = of_exercise AND a.withdrawn_at IS NULL;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""
# Only its inspector signs an assessment; once signed it never changes, and neither does whose it is and of what.
SIGNED = """
CREATE FUNCTION assessing_keep_signed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.signed_at IS NOT NULL
            OR (NEW.signed_at IS NOT NULL AND NEW.inspector_id IS DISTINCT FROM access_person())
            OR (NEW.exercise_id, NEW.case_key, NEW.place, NEW.blind, NEW.inspector_id)
                IS DISTINCT FROM (OLD.exercise_id, OLD.case_key, OLD.place, OLD.blind, OLD.inspector_id) THEN
        RAISE EXCEPTION 'An assessment is signed by its inspector alone, and then never changes.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGER = (
    "CREATE TRIGGER keep_signed BEFORE UPDATE ON assessing_assessment FOR EACH ROW "
    "EXECUTE FUNCTION assessing_keep_signed()"
)
RIGHTS = [
    f"{verb} ON FUNCTION assessing_progress(bigint) {whom}"
    for verb, whom in (("REVOKE ALL", "FROM PUBLIC"), ("GRANT EXECUTE", "TO openmappa_app"))
]
TABLES = [
    f"assessing_{name}"
    for name in (
        *("dealing", "assessment", "givenanswer", "answerwords"),
        *("confidentialremark", "resolution", "resolutionwords"),
    )
]
KEPT = [f"REVOKE DELETE ON {table} FROM openmappa_app" for table in TABLES] + [
    "REVOKE UPDATE ON assessing_dealing FROM openmappa_app"
]
LET = [f"GRANT UPDATE, DELETE ON {table} TO openmappa_app" for table in TABLES]
OF_ANSWER = "EXISTS (SELECT 1 FROM assessing_givenanswer g WHERE g.id = answer_id AND {test}(g.assessment_id))"
OF_RESOLUTION = "EXISTS (SELECT 1 FROM assessing_resolution r WHERE r.id = resolution_id)"
SETTLES = "assessing_runs(exercise_id) AND assessing_both_signed(exercise_id, case_key)"
OWN = (
    "EXISTS (SELECT 1 FROM assessing_assessment a WHERE a.id = assessment_id AND samples_works_on(a.exercise_id) "
    "AND (a.inspector_id = access_person() OR (a.signed_at IS NOT NULL AND EXISTS ("
    "SELECT 1 FROM samples_exercisemember m WHERE m.exercise_id = a.exercise_id AND m.person_id = access_person() "
    "AND m.leads AND m.until_at IS NULL))))"
)


def seen(table: str) -> str:
    return case_is_seen("case_id", table)


class Migration(migrations.Migration):
    """Who works on an exercise reads its answers, blind ones once both are signed; words only with the case."""

    dependencies = [("assessing", "0001_record"), ("samples", "0002_protection"), ("audit", "0003_history")]

    operations = [
        migrations.RunSQL(RUNS, "DROP FUNCTION assessing_runs(bigint)"),
        migrations.RunSQL(OPEN, "DROP FUNCTION assessing_open(bigint)"),
        migrations.RunSQL(WRITES, "DROP FUNCTION assessing_writes(bigint)"),
        migrations.RunSQL(BOTH, "DROP FUNCTION assessing_both_signed(bigint, text)"),
        migrations.RunSQL(PROGRESS, "DROP FUNCTION assessing_progress(bigint)"),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
        migrations.RunSQL([SIGNED, TRIGGER], "DROP FUNCTION assessing_keep_signed() CASCADE"),
        protect("assessing_dealing", where="samples_works_on(exercise_id)", check="assessing_runs(exercise_id)"),
        protect("assessing_assessment", where="samples_works_on(exercise_id)", check="assessing_runs(exercise_id)"),
        protect(
            "assessing_givenanswer", where="assessing_open(assessment_id)", check="assessing_writes(assessment_id)"
        ),
        protect(
            "assessing_answerwords",
            where=f"{seen('assessing_answerwords')} AND {OF_ANSWER.format(test='assessing_open')}",
            check=f"{seen('assessing_answerwords')} AND {OF_ANSWER.format(test='assessing_writes')}",
        ),
        protect(
            "assessing_confidentialremark",
            where=f"{seen('assessing_confidentialremark')} AND {OWN}",
            check=f"{seen('assessing_confidentialremark')} AND assessing_writes(assessment_id)",
        ),
        protect("assessing_resolution", where="samples_works_on(exercise_id)", check=SETTLES),
        protect(
            "assessing_resolutionwords",
            where=f"{seen('assessing_resolutionwords')} AND {OF_RESOLUTION}",
        ),
        migrations.RunSQL(KEPT, LET),
        *(history(f"assessing_{name}") for name in ("dealing", "assessment", "givenanswer", "resolution")),
        *(
            history(f"assessing_{name}", case="case_id")
            for name in ("answerwords", "confidentialremark", "resolutionwords")
        ),
    ]
