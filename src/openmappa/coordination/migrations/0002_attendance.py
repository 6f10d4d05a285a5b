from django.db import migrations

# Counts by agency and rank, for those who see figures of the area; it holds no case and no name of a person.
ATTENDANCE = """
CREATE FUNCTION mappa_attendance(of_area bigint, since date, until date) RETURNS TABLE (
    agency text, rank text, noted bigint, attended bigint, deputy bigint, apologies bigint, absent bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
BEGIN
    IF access_role() NOT IN ('line_manager', 'mappa_coordinator', 'smb_member', 'inspector', 'auditor')
        OR access_role() IS NULL
        OR (access_area() IS NULL AND access_role() NOT IN ('inspector', 'auditor'))
        OR access_area() <> of_area
    THEN
        RETURN;
    END IF;
    PERFORM set_config('openmappa.job', 'figures', true);
    RETURN QUERY
        SELECT a.name::text, i.attended_rank::text, count(*),
            count(*) FILTER (WHERE i.attendance = 'attended'), count(*) FILTER (WHERE i.attendance = 'deputy'),
            count(*) FILTER (WHERE i.attendance = 'apologies'), count(*) FILTER (WHERE i.attendance = 'absent')
        FROM meetings_sitting s
        JOIN meetings_meeting m ON m.sitting_id = s.id AND m.closed_at IS NOT NULL
        JOIN meetings_invitee i ON i.meeting_id = m.id AND i.attendance <> '' AND i.withdrawn_at IS NULL
        JOIN accounts_agency a ON a.id = i.agency_id
        WHERE s.area_id = of_area AND s.cancelled_at IS NULL
            AND s.starts_at >= since::timestamp AT TIME ZONE 'Europe/London'
            AND s.starts_at < (until + 1)::timestamp AT TIME ZONE 'Europe/London'
        GROUP BY a.name, i.attended_rank;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""


class Migration(migrations.Migration):
    """Who comes to meetings, by agency and rank: counts of an area."""

    dependencies = [("coordination", "0001_figures")]

    operations = [migrations.RunSQL(ATTENDANCE, "DROP FUNCTION mappa_attendance(bigint, date, date)")]
