"""Opening packs: the only file of the core that reads from the disk."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from openmappa.core.errors import PackError
from openmappa.core.packs.change_rules import ChangeRules, read_changes
from openmappa.core.packs.line_management_rules import LineManagementRules, read_line_management
from openmappa.core.packs.model import Pack, Standard, Table
from openmappa.core.packs.oasys_reading import read_oasys
from openmappa.core.packs.oasys_rules import OasysRules
from openmappa.core.packs.oasys_self_rules import SelfAssessmentRules, read_self_assessment
from openmappa.core.packs.ogrs3_rules import Ogrs3Rules, read_ogrs3
from openmappa.core.packs.plans_rules import PlanRules, read_plans
from openmappa.core.packs.quality_rules import QualityRules, read_quality
from openmappa.core.packs.reading import PackTable
from openmappa.core.packs.registration_rules import RegistrationRules, read_registration
from openmappa.core.packs.retention_rules import RetentionRules, read_retention
from openmappa.core.packs.rm2000.read import read_rm2000
from openmappa.core.packs.rm2000.shapes import Rm2000Rules
from openmappa.core.packs.standards_rules import read_standard
from openmappa.core.packs.table_rules import read_table

SHIPPED = Path(__file__).parent
IN_SERVICE = ("england-wales-2005",)
"""The packs that judge the record, each on its own days."""

STANDARDS, TABLES = "standards.toml", "tables.toml"
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
    """A pack from a folder (its standards and tables), or from one file that holds both.

    Raises PackError with one sentence for each thing that is wrong: the file, the standard, what, and how to mend it.
    """
    files = [path]
    if path.is_dir():
        files = [path / STANDARDS] + ([path / TABLES] if (path / TABLES).exists() else [])
    problems: list[str] = []
    contents = {file: _opened(file, problems) for file in files}
    if problems:
        raise PackError(*problems)
    pack = _read(path.resolve().stem.replace("_", "-"), contents, problems)
    if problems:
        raise PackError(*problems)
    return pack


@cache
def load_rm2000(pack: str) -> Rm2000Rules:
    """The rules of RM2000 in a pack that comes with the software. Raises PackError."""
    return read_rm2000(_shipped_table(pack, "rm2000.toml"))


@cache
def load_ogrs3(pack: str) -> Ogrs3Rules:
    """The rules of OGRS3 (and OGRS2) in a pack that comes with the software. Raises PackError."""
    return read_ogrs3(_shipped_table(pack, "ogrs3.toml"))


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
    return read_self_assessment(_shipped_table(pack, "oasys_self_assessment.toml"), load_oasys(pack))


@cache
def load_registration(pack: str) -> RegistrationRules:
    """The rules of notification periods in a pack that comes with the software. Raises PackError."""
    return read_registration(_shipped_table(pack, "registration.toml"))


@cache
def load_retention(pack: str) -> RetentionRules:
    """The rules of retention in a pack that comes with the software. Raises PackError."""
    return read_retention(_shipped_table(pack, "retention.toml"))


@cache
def load_changes(pack: str) -> ChangeRules:
    """The rules of telling others of changes in a pack that comes with the software. Raises PackError."""
    return read_changes(_shipped_table(pack, "changes.toml"))


@cache
def load_quality(pack: str) -> QualityRules:
    """The rules of marks of quality in a pack that comes with the software. Raises PackError."""
    return read_quality(_shipped_table(pack, "quality.toml"))


@cache
def load_line_management(pack: str) -> LineManagementRules:
    """The rules of line managers' oversight in a pack that comes with the software. Raises PackError."""
    return read_line_management(_shipped_table(pack, "line_management.toml"))


@cache
def load_plans(pack: str) -> PlanRules:
    """The rules of plans in a pack that comes with the software. Raises PackError."""
    return read_plans(_shipped_table(pack, "plans.toml"))


def load_caseload_shape(pack: str) -> Mapping[str, object]:
    """What the sample caseload of a pack aims at, as it stands in its file. Raises PackError."""
    problems: list[str] = []
    content = _opened(SHIPPED / pack.replace("-", "_") / "caseload_shape.toml", problems)
    if problems:
        raise PackError(*problems)
    return content


def _shipped_table(pack: str, name: str) -> PackTable:
    problems: list[str] = []
    file = SHIPPED / pack.replace("-", "_") / name
    content = _opened(file, problems)
    if problems:
        raise PackError(*problems)
    return PackTable(content, str(file))


def _opened(file: Path, problems: list[str]) -> Mapping[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(f"{file}: there is no such file. A pack is a folder with {STANDARDS} in it, or one such file.")
    except UnicodeDecodeError as error:
        problems.append(f"{file}: the file is not UTF-8 text (byte {error.start + 1}). Save it as UTF-8.")
    except OSError as error:
        problems.append(f"{file}: the file cannot be read ({error.strerror}).")
    except tomllib.TOMLDecodeError as error:
        problems.append(f"{file}: this is not TOML: {error}. Mend that line first; nothing else was checked.")
    return {}


def _read(name: str, contents: Mapping[Path, Mapping[str, object]], problems: list[str]) -> Pack:
    tables: dict[str, Table] = {}
    tops = [PackTable(content, str(file), problems) for file, content in contents.items()]
    for top in tops:
        for row in top.tables("table") if top.has("table") else []:
            table = read_table(row)
            if table.name in tables:
                row.problem("there is another table with this name; give one of them another.")
            tables[table.name] = table
    main = tops[0]
    standards: dict[str, Standard] = {}
    for row in main.tables("standard"):
        standard = read_standard(row, tables)
        if standard.id in standards:
            row.problem("there is another standard with this id; give one of them another.")
        standards[standard.id] = standard
    force = main.table("in_force") if main.has("in_force") else None
    pack = Pack(
        name=main.text("name") if main.has("name") else name,
        title=main.text("title"),
        source=main.text("source"),
        standards=tuple(standards.values()),
        tables=tables,
        in_force_from=force.day("from") if force and force.has("from") else None,
        in_force_until=force.day("until") if force and force.has("until") else None,
    )
    if force and pack.in_force_from and pack.in_force_until and pack.in_force_from > pack.in_force_until:
        force.problem("`from` is after `until`; swap them.")
    for top in tops:
        top.note_unknown_keys()
    return pack
