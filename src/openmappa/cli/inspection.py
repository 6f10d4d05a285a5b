"""`openmappa inspection`: check what an inspection asks, and reproduce the tables of the report of 2005."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from openmappa.cli.inspection_output import cases_as_csv, table_as_text, tables_as_csv
from openmappa.core.errors import PackError
from openmappa.core.inspection.framework import AskedOf, Framework
from openmappa.core.inspection.interviews import InterviewSchedule
from openmappa.core.inspection.reproduction import PrintedReport
from openmappa.core.inspection.reproduction_cases import generated
from openmappa.core.inspection.reproduction_tables import DrawnTable, drawn
from openmappa.core.packs.load import (
    load_inspection_framework,
    load_inspection_path,
    load_inspection_report,
    load_inspection_report_path,
    load_mappa_figures,
)

PACK = "england-wales-2005"


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `inspection check FILE` and `inspection reproduce`."""
    whole = commands.add_parser("inspection", help="check a framework of inspection, or reproduce the report of 2005")
    parts = whole.add_subparsers(title="what to do", metavar="WHAT", required=True)
    parser = parts.add_parser(
        "check",
        help="check a framework or an interview schedule",
        description="Check a framework of inspection, or an interview schedule. Names every problem with its question, "
        "and how to mend it.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the TOML file")
    parser.set_defaults(run=check)
    parser = parts.add_parser(
        "reproduce",
        help="draw the tables of the report of 2005 from generated cases",
        description="Build 100 generated cases in five areas whose answers give the percentages that the joint "
        "inspection of 2005 printed, count them, and draw its Tables 2 to 8 and the findings of its text.",
    )
    parser.add_argument(
        "--format", choices=("text", "csv"), default="text", help="tables to read, or CSV (default text)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="write a file a table, and the cases, to this folder"
    )
    parser.add_argument("--figures", type=Path, metavar="FILE", help="other figures than those of the report (TOML)")
    parser.set_defaults(run=reproduce)


def check(arguments: argparse.Namespace) -> int:
    """0 and one line when the file makes sense; 1 and every problem on standard error when it does not."""
    try:
        found = load_inspection_path(arguments.file)
    except PackError as error:
        return _refused(error)
    print(_of_framework(found) if isinstance(found, Framework) else _of_interviews(found))
    return 0


def reproduce(arguments: argparse.Namespace) -> int:
    """0 when every figure of the report came out; 1 when one did not, or when the folder cannot be written."""
    framework, given = load_inspection_framework(PACK), arguments.figures
    try:
        report = load_inspection_report_path(given, framework) if given else load_inspection_report(PACK)
    except PackError as error:
        return _refused(error)
    cases = generated(report)
    tables = drawn(report, framework, cases, load_mappa_figures(PACK).bands)
    if arguments.out:
        files = {"cases.csv": cases_as_csv(report, cases), **_files(tables, report, arguments.format)}
        try:
            _write(arguments.out, files)
        except OSError as error:
            print(f"{arguments.out}: the tables cannot be written there ({error.strerror}).", file=sys.stderr)
            return 1
        print(f"Wrote {_counted(len(files), 'file')} to {arguments.out}.")
    elif arguments.format == "csv":
        print(tables_as_csv(tables), end="")
    else:
        print("\n\n".join(table_as_text(table, report.benchmark.name) for table in tables), end="")
    return _verdict(tables, len(cases))


def _refused(error: PackError) -> int:
    for problem in error.problems:
        print(problem, file=sys.stderr)
    print(f"Refused: {_counted(len(error.problems), 'problem')}.", file=sys.stderr)
    return 1


def _files(tables: Sequence[DrawnTable], report: PrintedReport, form: str) -> dict[str, str]:
    """The name and the text of the file of each table."""
    names = [table.name.lower().replace(" ", "-") for table in tables]
    if form == "csv":
        return {f"{name}.csv": tables_as_csv([table]) for name, table in zip(names, tables, strict=True)}
    benchmark = report.benchmark.name
    return {f"{name}.txt": table_as_text(table, benchmark) for name, table in zip(names, tables, strict=True)}


def _write(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def _verdict(tables: Sequence[DrawnTable], cases: int) -> int:
    """Say on standard error, so that the tables stay a clean file, how many figures came out."""
    rows = [row for table in tables for row in table.rows]
    missed = sum(not row.holds for row in rows)
    print(
        f"{len(rows) - missed} of {len(rows)} figures of the report came out of {cases} generated cases.",
        file=sys.stderr,
    )
    return 1 if missed else 0


def _of_framework(framework: Framework) -> str:
    return (
        f"OK: {framework.code} {framework.version}, {framework.title}. {_counted(len(framework.chapters), 'chapter')}, "
        f"{_counted(len(framework.criteria), 'criterion', 'criteria')}, "
        f"{_counted(len(framework.questions), 'question')}: "
        f"{len(framework.asked_of(AskedOf.CASE))} of each case, {len(framework.asked_of(AskedOf.AREA))} of the area."
    )


def _of_interviews(schedule: InterviewSchedule) -> str:
    return (
        f"OK: {schedule.code} {schedule.version}, {schedule.title}. {_counted(len(schedule.roles), 'role')}, "
        f"{_counted(len(schedule.parts), 'part')}, {_counted(len(schedule.questions), 'question')}."
    )


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one}" if count == 1 else f"{count} {many or one + 's'}"
