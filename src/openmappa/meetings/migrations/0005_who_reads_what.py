from django.db import migrations

from openmappa.audit.protection import FOR_JOBS, case_is_seen, history, protect

# Somebody of a partner agency sees the meetings that they themselves are invited to, and nobody else's invitation.
MEETING = f"""
{case_is_seen("case_id", "meetings_meeting")} AND (
    coalesce(access_role(), '') <> 'partner_member'
    OR EXISTS (
        SELECT 1 FROM meetings_invitee i
        WHERE i.meeting_id = meetings_meeting.id AND i.person_id = access_person() AND i.withdrawn_at IS NULL
    )
)
"""  # noqa: S608 - our own names  # nosec B608
INVITEE = f"""
{case_is_seen("case_id", "meetings_invitee")} AND (
    coalesce(access_role(), '') <> 'partner_member' OR person_id = access_person()
)
"""
# A draft is its writer's. What was sent is for those who open its compartment, and for the partner agency it came from.
CONTRIBUTION = """
EXISTS (SELECT 1 FROM meetings_meeting m WHERE m.id = meetings_contribution.meeting_id) AND (
    written_by_id = access_person()
    OR (sent_at IS NOT NULL AND access_opens(compartment, case_id))
    OR (sent_at IS NOT NULL AND access_role() = 'partner_member' AND agency_id = access_agency())
)
"""
CALENDAR = "person_id = access_person() OR coalesce(access_role(), '') IN ('mappa_coordinator', 'line_manager')"
ON_LIST = """
CREATE FUNCTION meetings_on_list(of_sitting bigint) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    found integer;
BEGIN
    PERFORM set_config('openmappa.job', 'meetings on a list', true);  -- so that this function, the owner's, counts all
    SELECT count(*) INTO found FROM public.meetings_meeting m
    WHERE m.sitting_id = of_sitting AND m.taken_off_at IS NULL;
    PERFORM set_config('openmappa.job', job, true);
    RETURN found;
END $$
"""
STAYS = """
CREATE FUNCTION meetings_sent_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sent_at IS NOT NULL AND ROW(NEW.text, NEW.compartment, NEW.sent_at, NEW.meeting_id, NEW.written_by_id)
        IS DISTINCT FROM ROW(OLD.text, OLD.compartment, OLD.sent_at, OLD.meeting_id, OLD.written_by_id) THEN
        RAISE EXCEPTION 'written information that was sent does not change: withdraw it, or send more';
    END IF;
    RETURN NEW;
END $$
"""
QUIET = ("sent_sequence", "sent_at", "tries", "next_at", "problem")


def anew(table: str) -> migrations.RunSQL:
    """Take a table's protection away, so that it is given another."""
    return migrations.RunSQL(
        [f"DROP POLICY {name} ON {table}" for name in (FOR_JOBS, "by_owner", "by_reader")],
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    """Who reads meetings, invitations, written information and calendars; and that what was sent stays as it was."""

    dependencies = [
        ("meetings", "0004_contributions_and_calendars"),
        ("cases", "0005_row_level_security"),
        ("audit", "0008_jobs_are_asked_first"),
    ]

    operations = [
        anew("meetings_meeting"),
        protect("meetings_meeting", where=MEETING, check=case_is_seen("case_id", "meetings_meeting")),
        anew("meetings_invitee"),
        protect("meetings_invitee", where=INVITEE),
        protect("meetings_contribution", where=CONTRIBUTION),
        protect("meetings_calendarentry", where=CALENDAR),
        migrations.RunSQL(
            [
                ON_LIST,
                "REVOKE ALL ON FUNCTION meetings_on_list(bigint) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION meetings_on_list(bigint) TO openmappa_app",
                STAYS,
                "CREATE TRIGGER sent_stays BEFORE UPDATE ON meetings_contribution FOR EACH ROW "
                "EXECUTE FUNCTION meetings_sent_stays()",
            ],
            [
                "DROP TRIGGER sent_stays ON meetings_contribution",
                "DROP FUNCTION meetings_sent_stays()",
                "DROP FUNCTION meetings_on_list(bigint)",
            ],
        ),
        history("meetings_contribution", case="case_id"),
        history("meetings_calendarentry", without=QUIET),
    ]
