"""The days and counts of MAPPA actions, as a pack gives them: frozen values, and how they are read and checked."""

from dataclasses import dataclass

from openmappa.core.packs.reading import PackTable
from openmappa.core.sources import Source


@dataclass(frozen=True, slots=True)
class ActionRules:
    """When the owner is reminded, who is told how many days after, and when an agency fails again and again."""

    title: str
    remind_days_before: int
    remind_source: Source
    manager_days_late: int
    manager_source: Source
    smb_days_late: int
    smb_source: Source
    failing_months: int
    failing_late: int
    failing_source: Source


def read_actions(table: PackTable) -> ActionRules:
    """The rules from the table of a whole ``mappa_actions.toml``. Raises PackError with everything that is wrong."""
    remind, manager, smb = table.table("remind"), table.table("manager"), table.table("smb_member")
    failing = table.table("failing")
    rules = ActionRules(
        title=table.text("title"),
        remind_days_before=_at_least_one(remind, "days_before"),
        remind_source=remind.source(),
        manager_days_late=_at_least_one(manager, "days_late"),
        manager_source=manager.source(),
        smb_days_late=_at_least_one(smb, "days_late"),
        smb_source=smb.source(),
        failing_months=_at_least_one(failing, "months"),
        failing_late=_at_least_one(failing, "late"),
        failing_source=failing.source(),
    )
    if rules.smb_days_late < rules.manager_days_late:
        smb.problem("`days_late` is less than the manager’s; the board member is told after the manager.")
    table.finish()
    return rules


def _at_least_one(row: PackTable, name: str) -> int:
    found = row.whole(name)
    if found == 0:
        row.problem(f"`{name}` must be 1 or more.")
    return found
