"""Opening packs: the only file of the core that reads from the disk."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from openmappa.core.errors import PackError
from openmappa.core.inspection.framework import Framework
from openmappa.core.inspection.interviews import InterviewSchedule
from openmappa.core.inspection.reproduction import PrintedReport
from openmappa.core.packs.actions_rules import ActionRules, read_actions
from openmappa.core.packs.change_rules import ChangeRules, read_changes
from openmappa.core.packs.drafts import EXTENDS, over
from openmappa.core.packs.further_offences_rules import FurtherOffenceRules, read_further_offences
from openmappa.core.packs.inspection_framework_rules import read_framework
from openmappa.core.packs.inspection_interviews_rules import read_interviews
from openmappa.core.packs.inspection_report_rules import read_inspection_report
from openmappa.core.packs.line_management_rules import LineManagementRules, read_line_management
from openmappa.core.packs.mappa_figures_rules import MappaFigureRules, read_mappa_figures
from openmappa.core.packs.mappa_meetings_rules import MeetingRules, read_mappa_meetings
from openmappa.core.packs.mappa_referral_rules import MappaReferralRules, read_mappa_referrals
from openmappa.core.packs.model import Pack
from openmappa.core.packs.movements_rules import MovementRules, read_movements
from openmappa.core.packs.oasys_reading import read_oasys
from openmappa.core.packs.oasys_rules import OasysRules
from openmappa.core.packs.oasys_self_rules import SelfAssessmentRules, read_self_assessment
from openmappa.core.packs.ogrs3_rules import Ogrs3Rules, read_ogrs3
from openmappa.core.packs.pack_rules import read_pack
from openmappa.core.packs.plans_rules import PlanRules, read_plans
from openmappa.core.packs.quality_rules import QualityRules, read_quality
from openmappa.core.packs.reading import PackTable, one_of
from openmappa.core.packs.registration_rules import RegistrationRules, read_registration
from openmappa.core.packs.retention_rules import RetentionRules, read_retention
from openmappa.core.packs.rm2000.read import read_rm2000
from openmappa.core.packs.rm2000.shapes import Rm2000Rules
from openmappa.core.packs.transfers_rules import TransferRules, read_transfers
from openmappa.core.packs.workload_rules import WorkloadRules, read_workload

SHIPPED = Path(__file__).parent
IN_SERVICE = ("england-wales-2005",)
"""The packs that judge the record, each on its own days."""

STANDARDS, TABLES = "standards.toml", "tables.toml"
PACK_HINT = f"A pack is a folder with {STANDARDS} in it, or one such file."
OASYS = ("oasys.toml", "oasys_offending.toml", "oasys_likelihood.toml", "oasys_harm.toml")


def shipped_packs() -> tuple[str, ...]:
    """The names of the packs that come with the software."""
    return tuple(sorted(path.parent.name.replace("_", "-") for path in SHIPPED.glob(f"*/{STANDARDS}")))


@cache
def packs_in_service() -> tuple[Pack, ...]:
    """The packs that judge the record, read once."""
    return tuple(load_pack(name) for name in IN_SERVICE)


@cache
def load_pack(name: str) -> Pack:
    """A pack that comes with the software, by name. Raises PackError when there is none, or when it makes no sense."""
    folder = SHIPPED / name.replace("-", "_")
    if not (folder / STANDARDS).is_file():
        raise PackError(f"There is no pack called {name!r}. There is: {', '.join(shipped_packs())}.")
    return load_pack_path(folder)


def load_pack_path(path: Path) -> Pack:
    """A pack from a folder (its standards and tables), or from one file that holds both, or only what it changes.

    Raises PackError with one sentence for each thing that is wrong: the file, the standard, what, and how to mend it.
    """
    files = [path]
    if path.is_dir():
        files = [path / STANDARDS] + ([path / TABLES] if (path / TABLES).exists() else [])
    problems: list[str] = []
    contents = {file: _opened(file, problems) for file in files}
    if EXTENDS in contents[files[0]]:
        contents = _extended(contents, problems)
    if not contents:
        raise PackError(*problems)
    pack = read_pack(path.resolve().stem.replace("_", "-"), contents, problems)
    if problems:
        raise PackError(*problems)
    return pack


def read_draft(text: str, name: str) -> Pack:
    """A draft from the text of one file, which sentences call by this name. Raises PackError as ``load_pack_path``."""
    problems: list[str] = []
    try:
        contents: dict[Path, Mapping[str, object]] = {Path(name): tomllib.loads(text)}
    except (ValueError, RecursionError) as error:
        said = error if isinstance(error, ValueError) else "it is nested too deeply"
        raise PackError(f"{name}: this is not TOML: {said}. Mend that line first; nothing else was checked.") from None
    if EXTENDS in contents[Path(name)]:
        contents = _extended(contents, problems)
    pack = read_pack(name.lower().replace(" ", "-"), contents, problems) if contents else None
    if problems or pack is None:
        raise PackError(*problems)
    return pack


@cache
def load_rm2000(pack: str) -> Rm2000Rules:
    """The rules of RM2000 in a pack that comes with the software. Raises PackError."""
    return read_rm2000(shipped_table(pack, "rm2000.toml"))


@cache
def load_ogrs3(pack: str) -> Ogrs3Rules:
    """The rules of OGRS3 (and OGRS2) in a pack that comes with the software. Raises PackError."""
    return read_ogrs3(shipped_table(pack, "ogrs3.toml"))


@cache
def load_oasys(pack: str) -> OasysRules:
    """The questions and rules of OASys in a pack that comes with the software. Raises PackError."""
    problems: list[str] = []
    folder = SHIPPED / pack.replace("-", "_")
    head, *parts = (PackTable(_opened(folder / name, problems), str(folder / name), problems) for name in OASYS)
    if problems:
        raise PackError(*problems)
    return read_oasys(head, parts)


@cache
def load_self_assessment(pack: str) -> SelfAssessmentRules:
    """The offender's own questions in a pack that comes with the software. Raises PackError."""
    return read_self_assessment(shipped_table(pack, "oasys_self_assessment.toml"), load_oasys(pack))


@cache
def load_registration(pack: str) -> RegistrationRules:
    """The rules of notification periods in a pack that comes with the software. Raises PackError."""
    return read_registration(shipped_table(pack, "registration.toml"))


@cache
def load_retention(pack: str) -> RetentionRules:
    """The rules of retention in a pack that comes with the software. Raises PackError."""
    return read_retention(shipped_table(pack, "retention.toml"))


@cache
def load_changes(pack: str) -> ChangeRules:
    """The rules of telling others of changes in a pack that comes with the software. Raises PackError."""
    return read_changes(shipped_table(pack, "changes.toml"))


@cache
def load_quality(pack: str) -> QualityRules:
    """The rules of marks of quality in a pack that comes with the software. Raises PackError."""
    return read_quality(shipped_table(pack, "quality.toml"))


@cache
def load_line_management(pack: str) -> LineManagementRules:
    """The rules of line managers' oversight in a pack that comes with the software. Raises PackError."""
    return read_line_management(shipped_table(pack, "line_management.toml"))


@cache
def load_mappa_meetings(pack: str) -> MeetingRules:
    """The rules of MAPPA meetings in a pack that comes with the software. Raises PackError."""
    return read_mappa_meetings(shipped_table(pack, "mappa_meetings.toml"))


@cache
def load_plans(pack: str) -> PlanRules:
    """The rules of plans in a pack that comes with the software. Raises PackError."""
    return read_plans(shipped_table(pack, "plans.toml"))


@cache
def load_actions(pack: str) -> ActionRules:
    """The days and counts of MAPPA actions in a pack that comes with the software. Raises PackError."""
    return read_actions(shipped_table(pack, "mappa_actions.toml"))


@cache
def load_mappa_figures(pack: str) -> MappaFigureRules:
    """The figures of MAPPA in a pack that comes with the software. Raises PackError."""
    return read_mappa_figures(shipped_table(pack, "mappa_figures.toml"))


@cache
def load_movements(pack: str) -> MovementRules:
    """The rules of planned releases and temporary moves in a pack that comes with the software. Raises PackError."""
    return read_movements(shipped_table(pack, "mappa_movements.toml"))


@cache
def load_further_offences(pack: str) -> FurtherOffenceRules:
    """The rules of serious further offences in a pack that comes with the software. Raises PackError."""
    return read_further_offences(shipped_table(pack, "mappa_further_offences.toml"))


@cache
def load_transfers(pack: str) -> TransferRules:
    """The rules of transfers between areas in a pack that comes with the software. Raises PackError."""
    return read_transfers(shipped_table(pack, "mappa_transfers.toml"))


@cache
def load_mappa_referrals(pack: str) -> MappaReferralRules:
    """The rules of referral to MAPPA and of screening in a pack that comes with the software. Raises PackError."""
    return read_mappa_referrals(shipped_table(pack, "mappa_referrals.toml"))


@cache
def load_inspection_framework(pack: str) -> Framework:
    """The framework of inspection in a pack that comes with the software. Raises PackError."""
    return read_framework(shipped_table(pack, "inspection_framework.toml"))


@cache
def load_inspection_interviews(pack: str) -> InterviewSchedule:
    """The interview schedule in a pack that comes with the software. Raises PackError."""
    return read_interviews(shipped_table(pack, "inspection_interviews.toml"))


@cache
def load_inspection_report(pack: str) -> PrintedReport:
    """What the inspection of a pack that comes with the software printed. Raises PackError."""
    return read_inspection_report(shipped_table(pack, "inspection_report.toml"), load_inspection_framework(pack))


def load_inspection_path(path: Path) -> Framework | InterviewSchedule:
    """A framework from a file, or an interview schedule where the file has roles. Raises PackError."""
    table = _table(path)
    return read_interviews(table) if table.has("role") else read_framework(table)


def load_inspection_report_path(path: Path, framework: Framework) -> PrintedReport:
    """What another inspection by this framework printed, from a file. Raises PackError."""
    return read_inspection_report(_table(path), framework)


@cache
def load_workload(pack: str) -> WorkloadRules:
    """How long the work of a pack that comes with the software takes. Raises PackError."""
    return read_workload(shipped_table(pack, "workload.toml"))


def load_workload_path(path: Path) -> WorkloadRules:
    """The same from a file of somebody's own. Raises PackError."""
    return read_workload(_table(path, "Write the name of a file such as the pack's workload.toml."))


def load_caseload_shape(pack: str) -> Mapping[str, object]:
    """What the sample caseload of a pack aims at, as it stands in its file. Raises PackError."""
    problems: list[str] = []
    content = _opened(SHIPPED / pack.replace("-", "_") / "caseload_shape.toml", problems)
    if problems:
        raise PackError(*problems)
    return content


def shipped_table(pack: str, name: str) -> PackTable:
    """One file of a pack that comes with the software, for whoever reads it. Raises PackError."""
    return _table(SHIPPED / pack.replace("-", "_") / name)


def _table(file: Path, hint: str = PACK_HINT) -> PackTable:
    problems: list[str] = []
    content = _opened(file, problems, hint)
    if problems:
        raise PackError(*problems)
    return PackTable(content, str(file))


def _extended(contents: Mapping[Path, Mapping[str, object]], problems: list[str]) -> dict[Path, Mapping[str, object]]:
    """A draft laid over the shipped pack that it extends, as one file's lines."""
    (file, draft), *others = contents.items()
    if others:
        problems.append(f"{others[0][0]}: a pack that extends another is one file; move these tables into {file.name}.")
        return {}
    name = draft[EXTENDS]
    if name not in shipped_packs():
        problems.append(f"{file}: `{EXTENDS}` is {name!r}; write {one_of(shipped_packs(), name)}.")
        return {}
    folder = SHIPPED / str(name).replace("-", "_")
    base = dict(_opened(folder / STANDARDS, problems)) | dict(_opened(folder / TABLES, problems))
    return {file: over(base, draft, lambda sentence: problems.append(f"{file}: {sentence}"))}


def _opened(file: Path, problems: list[str], hint: str = PACK_HINT) -> Mapping[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(f"{file}: there is no such file. {hint}")
    except UnicodeDecodeError as error:
        problems.append(f"{file}: the file is not UTF-8 text (byte {error.start + 1}). Save it as UTF-8.")
    except OSError as error:
        problems.append(f"{file}: the file cannot be read ({error.strerror}).")
    except tomllib.TOMLDecodeError as error:
        problems.append(f"{file}: this is not TOML: {error}. Mend that line first; nothing else was checked.")
    return {}
