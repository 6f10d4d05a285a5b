from django.db import migrations

# The roles are those of Permission.VIEW_FIGURES; tests/worklist/test_figures.py compares.
FIGURES = """
CREATE FUNCTION figures_of_areas(areas bigint[], today date) RETURNS TABLE (
    standard varchar, met bigint, met_late bigint, due bigint, overdue bigint, lapsed bigint, missed bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    job text := coalesce(current_setting('openmappa.job', true), '');
    theirs bigint[];
BEGIN
    IF access_role() NOT IN ('line_manager', 'mappa_coordinator', 'smb_member', 'inspector', 'auditor')
        OR access_role() IS NULL
    THEN
        RETURN;
    END IF;
    IF access_area() IS NOT NULL THEN
        theirs := ARRAY[access_area()];
    ELSIF access_role() IN ('inspector', 'auditor') THEN
        theirs := areas;
    END IF;
    PERFORM set_config('openmappa.job', 'figures', true);
    RETURN QUERY
        SELECT
            d.standard,
            count(*) FILTER (WHERE d.met_on <= d.due_on),
            count(*) FILTER (WHERE d.met_on > d.due_on),
            count(*) FILTER (WHERE d.met_on IS NULL AND d.closed_on IS NULL AND d.due_on >= today),
            count(*) FILTER (WHERE d.met_on IS NULL AND d.closed_on IS NULL AND d.due_on < today),
            count(*) FILTER (WHERE d.closed_on <= d.due_on),
            count(*) FILTER (WHERE d.closed_on > d.due_on)
        FROM timeline_duty d WHERE d.area_id = ANY (areas) AND d.area_id = ANY (theirs)
        GROUP BY d.standard;
    PERFORM set_config('openmappa.job', job, true);
END $$
"""


class Migration(migrations.Migration):
    """Counts of how each standard was kept in whole areas, for roles that may see figures but not the cases."""

    dependencies = [("timeline", "0003_row_level_security")]

    operations = [migrations.RunSQL(FIGURES, "DROP FUNCTION figures_of_areas(bigint[], date)")]
