"""The charts of a report, drawn from the figures that it keeps."""

from collections.abc import Mapping
from typing import Any

from openmappa.core.inspection.line_chart import Figure, LineChart, line_chart
from openmappa.findings.queries.results import NARROW, WIDE

Charts = dict[str, tuple[LineChart | None, LineChart | None]]


def charts_of(content: Mapping[str, Any]) -> Charts:
    """The wide and the narrow chart of each criterion, by its title; hidden figures are not drawn."""
    found: Charts = {}
    for chapter in content["chapters"]:
        for criterion in chapter["criteria"]:
            figures = [
                Figure(each["number"], each["percent"], each.get("low"), each.get("high"))
                for each in criterion["figures"]
            ]
            found[criterion["title"]] = (line_chart(figures, width=WIDE), line_chart(figures, width=NARROW))
    return found
