"""The page on the command line has every command."""

import re
from pathlib import Path

from openmappa.cli.main import parser

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "command-line.md").read_text()


def test_every_command_stands_in_one_row_and_nothing_else_does() -> None:
    named = [word for cell in re.findall(r"^\| (`[^|]*) \|", PAGE, re.M) for word in re.findall(r"`([a-z-]+)", cell)]
    commands = re.findall(r"^ {4}([a-z-]+)(?:\s|$)", parser().format_help(), re.M)
    assert {"evaluate", "inspection", "manage"} <= set(commands)
    assert sorted(set(named)) == sorted(commands)
