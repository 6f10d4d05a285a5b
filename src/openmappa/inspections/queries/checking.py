"""A framework that somebody changed, read again as if it came from a file: the one place that says what is wrong."""

from openmappa.core.errors import PackError
from openmappa.core.inspection.framework import Framework
from openmappa.core.inspection.framework_lines import with_lines
from openmappa.core.inspection.framework_toml import framework_toml
from openmappa.core.packs.inspection_framework_rules import read_framework_text
from openmappa.inspections.errors import NotSaved

WHERE = "The framework"


def checked(framework: Framework) -> Framework:
    """The framework, if it makes sense. Raises NotSaved with what does not."""
    try:
        return read_framework_text(framework_toml(framework), WHERE)
    except PackError as wrong:
        raise NotSaved({"": " ".join(problem.removeprefix(f"{WHERE}, ") for problem in wrong.problems)}) from wrong


def read(text: str) -> tuple[Framework | None, list[str]]:
    """The framework in a text; or what is wrong with it, each with its line where that is known."""
    try:
        return read_framework_text(text, WHERE), []
    except PackError as wrong:
        return None, with_lines(text, wrong.problems)
