"""Where in the text of a framework a problem is: the line, beside what is wrong and what to do."""

import re
from collections.abc import Iterable

PLACE = re.compile(r"\b(?:chapter|criterion|question) ([a-z][a-z0-9_]*)(?=[,:])")
TWICE = re.compile(r"have the code '([a-z0-9_]+)'")


def with_lines(text: str, problems: Iterable[str]) -> list[str]:
    """The problems, each led by the line of the part that it names; as it is where it names none that can be found.

    A part is found by its code. A problem with TOML itself says its line already.
    """
    return [_with_line(text, problem) for problem in problems]


def _with_line(text: str, problem: str) -> str:
    where = problem.split(": ", 1)[0] + ":"
    named, place = PLACE.findall(where), 1
    if twice := TWICE.search(problem):
        named, place = [twice[1]], 2
    if not named:
        return problem
    lines = _lines_of(text, named[-1])
    return f"Line {lines[place - 1]}: {problem}" if len(lines) >= place else problem


def _lines_of(text: str, code: str) -> list[int]:
    """The lines that give this code to a part, counted from 1."""
    given = re.compile(rf"""\s*code\s*=\s*["']{re.escape(code)}["']""")
    return [number for number, line in enumerate(text.splitlines(), start=1) if given.match(line)]
