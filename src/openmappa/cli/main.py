"""The command `openmappa`."""

import argparse
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from openmappa.cli import check_pack, evaluate, inspection, record, sample, score, what_if
from openmappa.cli.output import abandon_output

MODULES = (evaluate, check_pack, what_if, score, sample, inspection)
"""Each module adds its subcommand with ``add_parser`` and does it with ``run``."""

INTERRUPTED, BROKEN_PIPE = 130, 141
"""Exit codes, as a shell gives them for a command that was stopped by these."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given and given[0] in record.COMMANDS:
        return record.hand_over(given[0], given[1:])
    signal.signal(signal.SIGTERM, _stop)
    try:
        chosen = parser().parse_args(given)
        code = int(chosen.run(chosen))
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("Stopped. Nothing was finished.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        abandon_output()
        return BROKEN_PIPE
    return code


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    whole = argparse.ArgumentParser(
        prog="openmappa", description="One shared case record, and the engine that says what is due and why."
    )
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in MODULES:
        module.add_parser(commands)
    for name in record.COMMANDS:
        commands.add_parser(name, help=record.HELP[name], add_help=False)
    return whole


def _stop(number: int, frame: FrameType | None) -> None:
    """End in good order, so that what was begun is cleared away."""
    sys.exit(128 + number)
