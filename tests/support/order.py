"""Which worker runs what, and when: what takes longest begins first, so that no worker waits for another at the end."""

import pytest
from xdist.scheduler import LoadFileScheduling

BROWSER = "tests/e2e"
LONGEST = (
    BROWSER,
    "tests/fuzz/test_every_route.py",
    "tests/house/test_access_table.py",
    "tests/build/test_demo.py",
    "tests/build/test_backup.py",
    "tests/build/test_logs.py",
    "tests/oversight/test_every_route.py",
    "tests/house/test_queries_constant.py",
    "tests/house/test_constraints.py",
    "tests/caseload",
    "tests/core/synthetic",
)
"""Files and folders whose tests take minutes between them; all others follow as they stand."""


class ByFile(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types of its own
    """A file's tests stay on one worker; so do all browser tests, which share a server and a browser."""

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(f"{BROWSER}/") else str(super()._split_scope(nodeid))


def longest_first(items: list[pytest.Item]) -> None:
    """Put the tests into that order; those of a file stay together, as they stood."""

    def place(item: pytest.Item) -> int:
        found = [number for number, name in enumerate(LONGEST) if item.nodeid.startswith(name)]
        return found[0] if found else len(LONGEST)

    items.sort(key=place)
