"""Reading a whole standards pack from the lines of its files, with everything that does not make sense said."""

from collections.abc import Mapping
from pathlib import Path

from openmappa.core.packs.model import Pack, Standard, Table
from openmappa.core.packs.reading import PackTable
from openmappa.core.packs.standards_rules import read_standard
from openmappa.core.packs.table_rules import read_table


def read_pack(name: str, contents: Mapping[Path, Mapping[str, object]], problems: list[str]) -> Pack:
    """A pack from its files' lines; the first file holds the standards. ``problems`` takes a sentence for each."""
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
