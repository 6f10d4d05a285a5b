from django.db import migrations

# For roles that see figures of their area and not its cases, as figures_of_areas does; no case comes out of it.
COUNTS = """
CREATE FUNCTION actions_by_agency(of_area bigint, from_on date, to_on date, today date) RETURNS TABLE (
    agency bigint, name varchar, due bigint, on_time bigint, done_late bigint, still_open bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
BEGIN
    IF access_role() IS NULL
        OR access_role() NOT IN ('line_manager', 'mappa_coordinator', 'smb_member', 'inspector', 'auditor')
        OR NOT (coalesce(access_area() = of_area, access_role() IN ('inspector', 'auditor')))
    THEN
        RETURN;
    END IF;
    PERFORM set_config('openmappa.job', 'figures', true);
    RETURN QUERY
        SELECT g.id, g.name, counted.due, counted.on_time, counted.done_late, counted.still_open
        FROM (
            SELECT a.agency_id,
                count(*) AS due,
                count(*) FILTER (WHERE a.completed_on <= a.due_on) AS on_time,
                count(*) FILTER (WHERE a.completed_on > a.due_on) AS done_late,
                count(*) FILTER (WHERE a.completed_on IS NULL) AS still_open
            FROM actions_action a
            WHERE a.area_id = of_area AND a.due_on BETWEEN from_on AND to_on AND a.due_on < today
                AND a.state <> 'withdrawn' AND NOT a.mistaken
            GROUP BY a.agency_id
        ) counted
        JOIN accounts_agency g ON g.id = counted.agency_id
        ORDER BY counted.done_late + counted.still_open DESC, g.name;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""


class Migration(migrations.Migration):
    """How each agency did its actions in an area, in counts."""

    dependencies = [("actions", "0004_offers_declined")]

    operations = [migrations.RunSQL(COUNTS, "DROP FUNCTION actions_by_agency(bigint, date, date, date)")]
