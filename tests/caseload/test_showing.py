"""How far an import is: a bar on a terminal, a line now and then elsewhere, and nothing at all where it is quick."""

from io import StringIO

import pytest

from openmappa.caseload.management import showing
from openmappa.caseload.management.showing import Showing


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_quick_import_says_nothing_where_there_is_no_terminal() -> None:
    stream = StringIO()
    with Showing(stream, 1000) as watcher:
        watcher.checking(500)
        watcher.writing(1, 2)
    assert stream.getvalue() == ""


def test_a_long_import_says_now_and_then_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "SECONDS_BETWEEN_LINES", 0.0)
    stream = StringIO()
    with Showing(stream, 1000) as watcher:
        watcher.checking(250)
        watcher.writing(30, 40)
    assert stream.getvalue() == "Checking the file: 25%\nWriting cases: 75%\n"


def test_a_terminal_shows_a_bar_for_each_reading() -> None:
    stream = Terminal()
    with Showing(stream, 1000) as watcher:
        watcher.checking(500)
        watcher.writing(30, 40)
    assert "Checking the file" in stream.getvalue()
    assert "Writing cases" in stream.getvalue()
    assert "75%" in stream.getvalue()


@pytest.mark.parametrize("stream", [StringIO(), Terminal()])
def test_a_problem_is_a_whole_line_wherever_it_goes(stream: StringIO) -> None:
    problem = f"line 3, person: found [nothing]; expected {'a long explanation ' * 12}"
    with Showing(stream, 1000) as watcher:
        watcher.say(problem)
    assert f"{problem}\n" in stream.getvalue()
