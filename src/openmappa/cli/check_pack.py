"""`openmappa check-pack`: does a pack make sense, and if not, what is wrong and how to mend it?"""

import argparse
import sys
from pathlib import Path
from typing import Any

from openmappa.core.errors import PackError
from openmappa.core.packs.load import load_pack_path
from openmappa.core.packs.model import Pack


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `check-pack PATH`."""
    parser = commands.add_parser(
        "check-pack",
        help="check a standards pack",
        description="Check a standards pack. Names every problem with its file and standard, and how to mend it.",
    )
    parser.add_argument("path", type=Path, metavar="PATH", help="the pack: a folder, or one TOML file")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 and one line when the pack makes sense; 1 and every problem on standard error when it does not."""
    try:
        pack = load_pack_path(arguments.path)
    except PackError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        count = len(error.problems)
        print(f"Refused: {count} problem{'' if count == 1 else 's'}.", file=sys.stderr)
        return 1
    print(_summary(pack))
    return 0


def _summary(pack: Pack) -> str:
    rows = sum(len(table.rows) for table in pack.tables.values())
    assumed = sum(standard.assumption for standard in pack.standards)
    return (
        f"OK: {pack.name}, {pack.title}. {_counted(pack.standards, 'standard')} ({assumed} assumed), "
        f"{_counted(pack.tables.values(), 'table')} with {rows} rows, {_in_force(pack)}."
    )


def _in_force(pack: Pack) -> str:
    first, last = pack.in_force_from, pack.in_force_until
    if first is None and last is None:
        return "in force without limit"
    return "in force" + (f" from {first}" if first else "") + (f" until {last}" if last else "")


def _counted(things: Any, noun: str) -> str:
    count = len(things)
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
