from django.db import migrations

# A report holds the titles of its themes, and until now no theme could be renamed.
CITED = [
    "SELECT set_config('openmappa.job', 'migrate', true)",
    """
    UPDATE interviews_theme t SET published_at = r.first_at FROM (
        SELECT exercise_id, cited ->> 'title' AS title, min(published_at) AS first_at
        FROM findings_reportversion,
            jsonb_path_query(content, '$.chapters[*].criteria[*].findings[*].themes[*]') cited
        GROUP BY exercise_id, cited ->> 'title'
    ) r WHERE r.exercise_id = t.exercise_id AND r.title = t.title AND t.published_at IS NULL
    """,
    "SELECT set_config('openmappa.job', '', true)",
]


class Migration(migrations.Migration):
    """Themes that a published report cites are marked: they keep their names from now on."""

    dependencies = [("findings", "0003_themes"), ("interviews", "0004_theme_protection")]

    operations = [migrations.RunSQL(CITED, migrations.RunSQL.noop)]
