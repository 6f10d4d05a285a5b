"""How the tests are shared out among workers."""

from pathlib import Path

from tests.support.order import BROWSER, LONGEST, ByFile
from tests.support.server import ROOT


def test_what_is_said_to_take_longest_is_there() -> None:
    assert [name for name in LONGEST if not Path(ROOT, name).exists()] == []


def test_a_file_stays_on_one_worker_and_all_browser_tests_on_the_same() -> None:
    shared = ByFile.__new__(ByFile)._split_scope
    assert shared(f"{BROWSER}/test_worklist.py::test_one") == shared(f"{BROWSER}/test_print.py::test_two[x::y]")
    assert shared("tests/core/test_names.py::test_one[a::b]") == "tests/core/test_names.py"
