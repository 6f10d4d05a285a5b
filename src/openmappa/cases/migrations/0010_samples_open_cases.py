from importlib import import_module

from django.db import migrations

# An area inspects itself, and its board audits cases: line managers and coordinators who work on that are given what was
# drawn, as inspectors and board members are (core.involvement.GIVEN_TO).
BEFORE: str = import_module("openmappa.cases.migrations.0005_row_level_security").STATE
AUDIT = "WHEN 'audit' THEN reader.role = 'smb_member'"
INSPECTION = "WHEN 'inspection' THEN reader.role = 'inspector'"
MORE = {
    AUDIT: "WHEN 'audit' THEN reader.role IN ('smb_member', 'line_manager', 'mappa_coordinator')",
    INSPECTION: "WHEN 'inspection' THEN reader.role IN ('inspector', 'line_manager', 'mappa_coordinator')",
}


def replaced(state: str) -> str:
    """The function instead of the one that is there."""
    return state.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


def after() -> str:
    found = BEFORE
    for old, new in MORE.items():
        assert found.count(old) == 1
        found = found.replace(old, new)
    return found


class Migration(migrations.Migration):
    """What was drawn for an audit or an inspection opens to line managers and coordinators too."""

    dependencies = [("cases", "0009_responsibility")]

    operations = [migrations.RunSQL(replaced(after()), replaced(BEFORE))]
