from django.db import migrations

# The late actions that members of the board were told of between two instants: no more than each notice says, and of a
# restricted case no reference. For those who keep the board (Permission.KEEP_BOARD).
TOLD = """
CREATE FUNCTION board_told_upwards(of_area bigint, since timestamptz, until timestamptz) RETURNS TABLE (
    case_id bigint, reference varchar, number varchar, agency varchar, due_on date, told_at timestamptz,
    completed_on date, is_open boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
BEGIN
    IF access_role() IS NULL OR access_role() NOT IN ('mappa_coordinator', 'smb_member')
        OR access_area() IS DISTINCT FROM of_area
    THEN
        RETURN;
    END IF;
    PERFORM set_config('openmappa.job', 'figures', true);
    RETURN QUERY
        SELECT a.case_id, CASE WHEN c.restricted THEN '' ELSE a.reference END, a.number, g.name, a.due_on,
            a.smb_told_at, a.completed_on, a.completed_on IS NULL AND a.state <> 'withdrawn'
        FROM actions_action a
        JOIN accounts_agency g ON g.id = a.agency_id
        JOIN cases_case c ON c.id = a.case_id
        WHERE a.area_id = of_area AND a.smb_told_at >= since AND a.smb_told_at < until AND NOT a.mistaken
        ORDER BY a.smb_told_at DESC, a.id DESC;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""


class Migration(migrations.Migration):
    """Late actions of which the board was told."""

    dependencies = [("board", "0005_the_board_protected"), ("actions", "0005_counts_by_agency")]

    operations = [migrations.RunSQL(TOLD, "DROP FUNCTION board_told_upwards(bigint, timestamptz, timestamptz)")]
