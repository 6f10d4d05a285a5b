from django.db import migrations

from openmappa.audit.protection import history, protect

# Readers are those of Permission.VIEW_FIGURES, writers those of Permission.KEEP_BOARD; tests/board/test_access.py compares.
READERS = "('line_manager', 'mappa_coordinator', 'smb_member', 'inspector', 'auditor')"
OWN_AREA = (
    "(area_id = (SELECT access_area()) OR ((SELECT access_area()) IS NULL "
    "AND (SELECT access_role()) IN ('inspector', 'auditor')))"
)
READS = f"(SELECT access_role()) IN {READERS} AND {OWN_AREA}"
KEEPS = "(SELECT access_role()) IN ('mappa_coordinator', 'smb_member')"
WRITES = f"{KEEPS} AND area_id = (SELECT access_area())"
# A row below a row of an area is there for whoever is shown that.
BELOW = {
    "attendance": ("boardmeeting", "meeting_id"),
    "decision": ("boardmeeting", "meeting_id"),
    "aim": ("businessplan", "plan_id"),
    "businessaction": ("aim", "aim_id"),
    "businessnote": ("businessaction", "action_id"),
    "exchange": ("otherbody", "body_id"),
}
OF_AN_AREA = ("member", "boardmeeting", "businessplan", "otherbody")


def below(name: str) -> migrations.RunSQL:
    above, column = BELOW[name]
    seen = f"EXISTS (SELECT 1 FROM board_{above} above WHERE above.id = board_{name}.{column})"  # noqa: S608 - our own names  # nosec B608
    return protect(f"board_{name}", where=seen, check=f"{KEEPS} AND {seen}")


class Migration(migrations.Migration):
    """What stands on the board's pages is there for those who see figures of its area, and is kept by some of them."""

    dependencies = [("board", "0004_the_board"), ("cases", "0005_row_level_security"), ("audit", "0003_history")]

    operations = [
        *[protect(f"board_{name}", where=READS, check=WRITES) for name in OF_AN_AREA],
        *[below(name) for name in BELOW],
        *[history(f"board_{name}") for name in (*OF_AN_AREA, *BELOW)],
    ]
