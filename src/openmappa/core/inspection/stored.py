"""A draw as it is stored: rules and groups as values that JSON holds, and back. The one place that does either."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from openmappa.core.inspection.sample import Draw, Group, Minimum, Rules


def rules_to_json(rules: Rules) -> dict[str, Any]:
    """The rules of a draw."""
    return {
        "size": rules.size,
        "at_least": rules.at_least,
        "represent": list(rules.represent),
        "minima": [[each.trait, each.value, each.at_least] for each in rules.minima],
        "joint_work_at_most": rules.joint_work_at_most,
    }


def rules_from_json(stored: Mapping[str, Any]) -> Rules:
    """The rules that were stored. KeyError where something is missing."""
    return Rules(
        size=stored["size"],
        at_least=stored["at_least"],
        represent=tuple(stored["represent"]),
        minima=tuple(Minimum(*each) for each in stored["minima"]),
        joint_work_at_most=stored["joint_work_at_most"],
    )


def groups_to_json(groups: Iterable[Group]) -> list[dict[str, Any]]:
    """What was drawn, by group, with the reserves in their order."""
    return [
        {
            "stratum": group.stratum,
            "name": group.name,
            "size": group.size,
            "drawn": list(group.drawn),
            "reserves": list(group.reserves),
        }
        for group in groups
    ]


def draw_from_json(
    *, seed: str, rules: Mapping[str, Any], frame_on: date, frame_digest: str, groups: Sequence[Mapping[str, Any]]
) -> Draw:
    """The draw that was stored. KeyError where something is missing."""
    return Draw(
        seed,
        rules_from_json(rules),
        frame_on,
        frame_digest,
        tuple(
            Group(each["stratum"], each["name"], each["size"], tuple(each["drawn"]), tuple(each["reserves"]))
            for each in groups
        ),
    )
