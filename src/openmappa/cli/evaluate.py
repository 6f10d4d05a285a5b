"""`openmappa evaluate`: a caseload in, what is due and why out. Needs no database."""

import argparse
import sys
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from openmappa.cli import duty_table, judging, whole_file
from openmappa.cli.duty_lines import CSV_HEADER, FORMATS, Judge
from openmappa.cli.packs import pack_named
from openmappa.core.caseload_fields import is_day
from openmappa.core.errors import PackError

PACK = "england-wales-2005"


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `evaluate FILE --as-of DATE`."""
    parser = commands.add_parser(
        "evaluate",
        help="work out every duty of a caseload file",
        description="Work out every duty of a caseload file: what is due, of whom, by when and why, and was it done?",
    )
    parser.add_argument("file", metavar="FILE", help="a caseload file (openmappa-caseload/1), or - for standard input")
    parser.add_argument("--as-of", type=day, required=True, metavar="DATE", help="the day to judge on, as 2005-03-31")
    parser.add_argument("--known-on", type=day, metavar="DATE", help="leave out what was written down after this day")
    parser.add_argument("--pack", default=PACK, metavar="PACK", help=f"a pack's name or its path (default: {PACK})")
    parser.add_argument("--format", choices=(*FORMATS, "table"), default="jsonl", help="jsonl (default), csv, or table")
    parser.set_defaults(run=run)


def day(text: str) -> date:
    """A day of the command line. Raises ArgumentTypeError."""
    if not is_day(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write one such as 2005-03-31")
    return date.fromisoformat(text)


def run(arguments: argparse.Namespace) -> int:
    """0 and the duties on standard output; or 1, the problems on standard error, and nothing on standard output."""
    try:
        pack = pack_named(arguments.pack)
    except PackError as error:
        return _refused(*error.problems)
    wanted = "jsonl" if arguments.format == "table" else arguments.format
    judge = Judge(pack, arguments.as_of, arguments.known_on, wanted)
    with TemporaryDirectory(prefix="openmappa-") as folder:
        try:
            source = whole_file.opened(arguments.file, Path(folder))
        except OSError as error:
            return _refused(f"{arguments.file}: the file cannot be read ({error.strerror}).")
        try:
            judged = judging.judge_file(source, judge, Path(folder))
        except judging.Died as error:
            return _refused(str(error))
        if judged.problems:
            count = judging.print_problems(judged, partial(print, file=sys.stderr))
            return _refused(f"Refused: {count} problem{'' if count == 1 else 's'} in the file. Nothing was worked out.")
        if arguments.format == "table":
            duty_table.show(judged.outputs)
            return 0
        if arguments.format == "csv":
            sys.stdout.buffer.write(CSV_HEADER)
        for output in judged.outputs:
            whole_file.copy(output, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    return 0


def _refused(*sentences: str) -> int:
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    return 1
