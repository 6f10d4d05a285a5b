"""``openmappa export``"""

import os
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand

from openmappa.caseload.errors import CaseloadError
from openmappa.caseload.services.exporting import export_caseload


class Command(BaseCommand):
    requires_system_checks = ()  # nothing here depends on addresses or templates
    help = "Write the cases of one source back as a caseload file. Facts found to be mistakes are left out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", help="the register the cases came from; needed when there are several")
        parser.add_argument("--out", metavar="FILE", help="where to write; standard output when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["out"]:
                cases = to_file(Path(options["out"]), options["source"])
                self.stdout.write(f"Wrote {cases:,} {'case' if cases == 1 else 'cases'} to {options['out']}.")
            else:
                to_standard_output(options["source"])
        except CaseloadError as problem:
            self.refuse(str(problem))
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever was reading has heard enough
            sys.exit(1)
        except OSError as problem:
            self.refuse(f"{options['out'] or 'Standard output'} cannot be written: {problem.strerror or problem}.")

    def refuse(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(1)


def to_standard_output(source: str | None) -> None:
    """Write the export to standard output as bytes."""
    out: IO[bytes] = sys.stdout.buffer
    export_caseload(out=out, source=source)
    out.flush()


def to_file(path: Path, source: str | None) -> int:
    """Write the export beside ``path`` and give it that name when it is whole, readable by its owner only."""
    descriptor, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
            cases = export_caseload(out=out, source=source)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return cases
