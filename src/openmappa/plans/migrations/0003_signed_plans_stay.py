from django.db import migrations

PARTS = (
    "planground",
    "objective",
    "objectiveground",
    "intervention",
    "planaction",
    "contingency",
    "liaison",
    "riskmanagement",
    "confidentialpart",
    "planreview",
)
# A part belongs to the case of its plan, and changes only while the plan is a draft. Only a disposal deletes more.
PART_STAYS = """
CREATE FUNCTION plans_part_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    of_plan plans_plan%ROWTYPE;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        IF TG_OP = 'DELETE' AND access_job() IS NOT DISTINCT FROM 'disposal' THEN
            RETURN OLD;
        END IF;
        SELECT * INTO of_plan FROM plans_plan WHERE id = OLD.plan_id;
        IF of_plan.signed_at IS NOT NULL OR of_plan.abandoned_at IS NOT NULL THEN
            RAISE EXCEPTION 'Plan % is no longer a draft: its parts do not change.', OLD.plan_id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    SELECT * INTO of_plan FROM plans_plan WHERE id = NEW.plan_id;
    IF of_plan.id IS NULL OR of_plan.case_id <> NEW.case_id THEN
        RAISE EXCEPTION 'Plan % is not a plan of case %.', NEW.plan_id, NEW.case_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF of_plan.signed_at IS NOT NULL OR of_plan.abandoned_at IS NOT NULL THEN
        RAISE EXCEPTION 'Plan % is no longer a draft: its parts do not change.', NEW.plan_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""
PLAN_STAYS = """
CREATE FUNCTION plans_plan_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    later text[] := ARRAY['countersigned_by_id', 'countersigned_at', 'countersign_comment',
        'returned_by_id', 'returned_at', 'return_comment'];
BEGIN
    IF OLD.case_id <> NEW.case_id OR OLD.kind <> NEW.kind OR OLD.version <> NEW.version THEN
        RAISE EXCEPTION 'Plan % keeps its case, its kind and its version.', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.abandoned_at IS NOT NULL OR OLD.countersigned_at IS NOT NULL OR OLD.returned_at IS NOT NULL
            OR (OLD.signed_at IS NOT NULL AND to_jsonb(OLD) - later <> to_jsonb(NEW) - later) THEN
        RAISE EXCEPTION 'Plan % is no longer a draft: it does not change.', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""


def stays(table: str, function: str, verbs: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER a_signed_plan_stays BEFORE {verbs} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER a_signed_plan_stays ON {table}",
    )


class Migration(migrations.Migration):
    """A plan that was signed, or abandoned, never changes, nor does any part of it; progress is added to it."""

    dependencies = [("plans", "0002_row_level_security"), ("audit", "0002_who_is_asking")]

    operations = [
        migrations.RunSQL(PART_STAYS, "DROP FUNCTION plans_part_stays()"),
        migrations.RunSQL(PLAN_STAYS, "DROP FUNCTION plans_plan_stays()"),
        *[stays(f"plans_{table}", "plans_part_stays", "INSERT OR UPDATE OR DELETE") for table in PARTS],
        stays("plans_plan", "plans_plan_stays", "UPDATE"),
        migrations.RunSQL(
            [
                "REVOKE DELETE ON plans_plan FROM openmappa_app",
                "REVOKE UPDATE, DELETE ON plans_progress FROM openmappa_app",
            ],
            ["GRANT DELETE ON plans_plan TO openmappa_app", "GRANT UPDATE, DELETE ON plans_progress TO openmappa_app"],
        ),
    ]
