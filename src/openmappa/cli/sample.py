"""`openmappa sample`: write a generated caseload, or show how near it comes to the report's figures."""

import argparse
import os
import signal
import sys
from collections.abc import Iterator
from datetime import date
from multiprocessing import get_context

from openmappa.cli.output import opened
from openmappa.core.caseload import header_line, record_line
from openmappa.core.errors import CoreError
from openmappa.core.packs.load import load_caseload_shape, load_pack
from openmappa.core.synthetic.comparison import comparison
from openmappa.core.synthetic.generate import Block, Sample, generate
from openmappa.core.synthetic.measure import measure
from openmappa.core.synthetic.shape import shape_from
from openmappa.core.synthetic.visiting import policy_of

PACK = "england-wales-2005"
FEW_BLOCKS = 20  # up to so many blocks (2,000 cases), one process is done before a second has started
AT_A_TIME = 16  # blocks for each core between two pauses, which is what bounds memory


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `sample` to the command line."""
    parser = subparsers.add_parser(
        "sample",
        help="write a generated caseload of made-up people",
        description="Write a caseload of made-up people whose shape follows the joint inspection report of 2005. "
        "The same arguments give the same file, byte for byte, on any machine.",
    )
    parser.add_argument("--areas", type=int, default=5, metavar="N", help="how many areas (default 5)")
    parser.add_argument("--cases", type=int, default=100, metavar="N", help="cases in each area (default 100)")
    parser.add_argument("--seed", type=int, default=7, metavar="N", help="another number gives other cases (default 7)")
    parser.add_argument("--until", type=_day, metavar="DATE", help="last day of the histories (default today)")
    parser.add_argument(
        "--facts", type=int, metavar="N", help="facts a case on average, by longer histories (default three years)"
    )
    parser.add_argument("--out", metavar="FILE", help="the file to write (- for standard output)")
    parser.add_argument("--measure", action="store_true", help="print the report's figures beside the generated ones")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the file, print the comparison, or both. Returns the exit status."""
    if not args.out and not args.measure:
        print("Say where the caseload should go (--out FILE), or ask for the comparison (--measure).", file=sys.stderr)
        return 2
    pack = load_pack(PACK)
    shape = shape_from(load_caseload_shape(PACK))
    until = args.until or date.today()
    try:
        sample = Sample(args.areas, args.cases, args.seed, until, shape, policy_of(pack), args.facts)
        if args.out:
            _write(sample, args.out)
    except CoreError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{args.out}: the file cannot be written ({error.strerror}).", file=sys.stderr)
        return 1
    if args.measure:
        print(comparison(measure(generate(sample), shape, pack, until)), end="")
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2005-03-31") from None


def _write(sample: Sample, out: str) -> None:
    with opened(out) as file:
        file.write(header_line(sample.header))
        for lines in _lines(sample):
            file.write(lines)


def _lines(sample: Sample) -> Iterator[bytes]:
    """The lines of each block, in order; many are made a few at a time by as many processes as there are cores."""
    blocks = list(sample.blocks())
    if len(blocks) <= FEW_BLOCKS:
        yield from (_block_lines(sample, block) for block in blocks)
        return
    cores = os.cpu_count() or 1
    with get_context("fork").Pool(cores, _start_worker, (sample,)) as pool:
        for first in range(0, len(blocks), AT_A_TIME * cores):
            yield from pool.imap(_worker_lines, blocks[first : first + AT_A_TIME * cores])


def _block_lines(sample: Sample, block: Block) -> bytes:
    return b"".join(map(record_line, sample.cases_of(block)))


_sample: list[Sample] = []  # in a worker: the one sample that it makes blocks of


def _start_worker(sample: Sample) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    _sample[:] = [sample]


def _worker_lines(block: Block) -> bytes:
    return _block_lines(_sample[0], block)
