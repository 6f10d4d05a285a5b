from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models.functions import Coalesce, Now

EVENT = """
ALTER TABLE audit_event RENAME TO audit_event_before;
ALTER TABLE audit_event_before ALTER COLUMN id DROP IDENTITY;
DROP INDEX audit_event_case, audit_event_by;
ALTER TABLE audit_event_before RENAME CONSTRAINT audit_event_pkey TO audit_event_before_pkey;
CREATE SEQUENCE audit_event_id_seq;
CREATE TABLE audit_event (
    id bigint NOT NULL DEFAULT nextval('audit_event_id_seq'),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    by_id bigint,
    case_id bigint,
    correlation uuid NOT NULL DEFAULT access_correlation(),
    by_name varchar(150) NOT NULL,
    agency varchar(150) NOT NULL DEFAULT '',
    role varchar(30) NOT NULL DEFAULT '',
    verb varchar(60) NOT NULL,
    operation varchar(20) NOT NULL CONSTRAINT event_operation_is_known CHECK (operation IN
        ('collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure', 'access')),
    outcome varchar(10) NOT NULL DEFAULT 'done' CONSTRAINT event_outcome_is_known CHECK (outcome IN ('done', 'refused')),
    channel varchar(10) NOT NULL DEFAULT coalesce(access_channel(), 'command') CONSTRAINT event_channel_is_known
        CHECK (channel IN ('web', 'command', 'api', 'print', 'export')),
    acting varchar(60) NOT NULL DEFAULT coalesce(access_acting(), ''),
    recipient varchar(300) NOT NULL DEFAULT '',
    classes text[] NOT NULL DEFAULT '{}',
    case_ids bigint[] NOT NULL DEFAULT '{}',
    about jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
ALTER SEQUENCE audit_event_id_seq OWNED BY audit_event.id;
CREATE INDEX audit_event_by ON audit_event (by_id, at DESC);
CREATE INDEX audit_event_case ON audit_event (case_id, at DESC) WHERE case_id IS NOT NULL;
CREATE INDEX audit_event_shown ON audit_event USING gin (case_ids) WHERE case_ids <> '{}';
CREATE TABLE audit_event_other PARTITION OF audit_event DEFAULT;
SELECT audit_close_month('audit_event_other');
"""
# What is there already gets its months, and says which operation it was as far as its verb tells.
MOVE = """
SELECT audit_make_month('audit_event', month::date)
FROM (SELECT generate_series(date_trunc('month', min(at AT TIME ZONE 'UTC')), clock_timestamp() AT TIME ZONE 'UTC',
    interval '1 month') AS month FROM audit_event_before) months;
SELECT audit_make_months(3);
INSERT INTO audit_event (id, at, by_id, case_id, correlation, by_name, agency, verb, operation, channel, about)
SELECT id, at, by_id, case_id, correlation, by_name, agency, verb,
    CASE WHEN verb IN ('sign in', 'sign out') THEN 'access' WHEN verb LIKE 'import %' THEN 'collection'
        WHEN verb LIKE 'export %' THEN 'disclosure' ELSE 'alteration' END,
    CASE WHEN by_id IS NULL OR verb LIKE '%port caseload' THEN 'command' ELSE 'web' END, about
FROM audit_event_before ORDER BY id;
SELECT setval('audit_event_id_seq', greatest((SELECT max(id) FROM audit_event), 1),
    EXISTS (SELECT FROM audit_event));
DROP TABLE audit_event_before;
"""
# A person writes in their own name, now (a second either way is the clock's being set). Where nobody is stated, only
# signing in and refusals to come in are written. A person reads their own rows, the auditor all; nobody else any, but by
# the functions that check the right themselves.
PROTECT = """
CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER holds_day BEFORE INSERT ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_hold_day();
REVOKE ALL ON audit_event FROM PUBLIC, openmappa_app;
GRANT SELECT, INSERT ON audit_event TO openmappa_app;
GRANT USAGE, SELECT ON SEQUENCE audit_event_id_seq TO openmappa_app;
ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY by_job ON audit_event FOR SELECT TO openmappa_jobs
    USING ((SELECT access_job() IS NOT NULL AND access_person() IS NULL));
CREATE POLICY by_owner ON audit_event TO CURRENT_USER USING ((SELECT access_job() IS NOT NULL));
CREATE POLICY own ON audit_event FOR SELECT TO openmappa_app USING (by_id = (SELECT access_person()));
CREATE POLICY by_auditor ON audit_event FOR SELECT TO openmappa_app USING ((SELECT access_role()) = 'auditor');
CREATE POLICY in_own_name_now ON audit_event FOR INSERT TO openmappa_app WITH CHECK (
    at BETWEEN statement_timestamp() - interval '1 second' AND clock_timestamp() + interval '1 second'
    AND CASE WHEN access_person() IS NULL THEN operation = 'access' ELSE coalesce(by_id = access_person(), false) END
);
"""

CHANNELS = [
    ("web", "Web"),
    ("command", "Command line"),
    ("api", "API"),
    ("print", "Print"),
    ("export", "Export"),
]
OPERATIONS = [
    ("collection", "Collection"),
    ("alteration", "Alteration"),
    ("consultation", "Consultation"),
    ("disclosure", "Disclosure"),
    ("combination", "Combination"),
    ("erasure", "Erasure"),
    ("access", "Access: signing in, settings, refusals"),
]
OUTCOMES = [("done", "Done"), ("refused", "Refused")]
KNOWN = {
    name: [word for word, _ in choices]
    for name, choices in {"operation": OPERATIONS, "outcome": OUTCOMES, "channel": CHANNELS}.items()
}
ADDED = {
    "acting": models.CharField(
        max_length=60,
        db_default=Coalesce(models.Func(function="access_acting"), models.Value("")),
        help_text="What gave the right, beyond the person's own: break_glass, cover.",
    ),
    "case_ids": ArrayField(models.BigIntegerField(), default=list, help_text="The cases that a list showed."),
    "channel": models.CharField(
        max_length=10,
        choices=CHANNELS,
        db_default=Coalesce(models.Func(function="access_channel"), models.Value("command")),
    ),
    "classes": ArrayField(models.TextField(), default=list, help_text="The classes of the fields that were shown."),
    "operation": models.CharField(max_length=20, choices=OPERATIONS, default="alteration"),
    "outcome": models.CharField(max_length=10, choices=OUTCOMES, default="done"),
    "recipient": models.CharField(max_length=300, default="", help_text="To whom it was disclosed."),
    "role": models.CharField(max_length=30, default=""),
}
ALTERED = {
    "agency": models.CharField(max_length=150, default=""),
    "at": models.DateTimeField(db_default=Now()),
    "correlation": models.UUIDField(
        db_default=models.Func(function="access_correlation"), help_text="The same for everything one request did."
    ),
}


class Migration(migrations.Migration):
    """The log by month, with what the law asks of it: which operation, by which way, of which cases and classes."""

    dependencies = [("audit", "0003_history")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(EVENT), migrations.RunSQL(MOVE), migrations.RunSQL(PROTECT)],
            state_operations=[
                migrations.RemoveIndex(model_name="event", name="audit_event_case"),
                migrations.RemoveIndex(model_name="event", name="audit_event_by"),
                *[migrations.AddField("event", name, field) for name, field in ADDED.items()],
                *[migrations.AlterField("event", name, field) for name, field in ALTERED.items()],
                *[
                    migrations.AddConstraint(
                        "event",
                        models.CheckConstraint(
                            condition=models.Q(**{f"{name}__in": words}), name=f"event_{name}_is_known"
                        ),
                    )
                    for name, words in KNOWN.items()
                ],
            ],
        )
    ]
