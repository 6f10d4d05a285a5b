"""An interview schedule as a TOML file gives it: read and checked."""

import tomllib
from collections.abc import Collection, Iterable

from openmappa.core.errors import PackError
from openmappa.core.inspection.interviews import InterviewQuestion, InterviewSchedule, Part, Role
from openmappa.core.packs.reading import PackTable, hint

EVERYBODY = "all"
"""What `asked_of` says where every role is asked."""


def read_interviews_text(text: str, where: str) -> InterviewSchedule:
    """The schedule from the text of a TOML file. ``where`` names it in messages.

    Raises PackError with one sentence for each thing that is wrong.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(
            f"{where}: this is not TOML: {error}. Mend that line first; nothing else was checked."
        ) from None
    return read_interviews(PackTable(content, where))


def read_interviews(table: PackTable) -> InterviewSchedule:
    """The schedule from the table of a whole file. Raises PackError with everything that is wrong with it."""
    roles = tuple(_read_role(table, row) for row in table.tables("role"))
    known = [role.code for role in roles if role.code]
    schedule = InterviewSchedule(
        code=table.text("code"),
        version=table.text("version"),
        title=table.text("title"),
        roles=roles,
        parts=tuple(_read_part(table, row, known) for row in table.tables("part")),
        source=table.source(),
    )
    _once(table, "roles", known)
    _once(table, "parts", (str(part.number) for part in schedule.parts))
    _once(table, "questions", (question.number for question in schedule.questions))
    for role in known:
        if not schedule.asked_of(role):
            table.problem(f"nobody asks role {role!r} anything; give it a question, or take the role out.")
    table.finish()
    return schedule


def _read_role(table: PackTable, row: PackTable) -> Role:
    code = row.text("code")
    row.where = f"{table.where}, role {code or '?'}"
    if code == EVERYBODY:
        row.problem(f"{EVERYBODY!r} stands for every role; give this one another code.")
    return Role(code, row.text("title"), row.text("note") if row.has("note") else "", row.source())


def _read_part(table: PackTable, row: PackTable, roles: Collection[str]) -> Part:
    number = row.whole("number")
    row.where = f"{table.where}, part {number}"
    questions = tuple(_read_question(table, each, roles) for each in row.tables("question"))
    for question in questions:
        if question.number and not question.number.startswith(f"{number}."):
            row.problem(f"question {question.number!r} is in part {number}; number it {number}.something, or move it.")
    return Part(number, row.text("title"), row.text("chapter"), questions)


def _read_question(table: PackTable, row: PackTable, roles: Collection[str]) -> InterviewQuestion:
    number = row.text("number")
    row.where = f"{table.where}, question {number or '?'}"
    asked_of = _read_asked_of(row, roles)
    return InterviewQuestion(number, row.text("text"), asked_of, _read_adapted(row, asked_of))


def _read_asked_of(row: PackTable, roles: Collection[str]) -> tuple[str, ...]:
    named = row.words("asked_of")
    if named == [EVERYBODY]:
        return tuple(roles)
    for name in named:
        if name not in roles:
            row.problem(f"`asked_of` names {name!r}, and there is no such role; {hint(name, [*roles, EVERYBODY])}.")
    _once(row, "roles in `asked_of`", named)
    return tuple(name for name in roles if name in named)


def _read_adapted(row: PackTable, asked_of: Collection[str]) -> dict[str, str]:
    if not row.has("adapted"):
        return {}
    table = row.table("adapted")
    words = {role: table.text(role) for role in table.keys()}  # noqa: SIM118 - a PackTable is no dictionary
    for role in words:
        if role not in asked_of:
            row.problem(
                f"`adapted` has words for {role!r}, who is not asked this; add it to `asked_of`, or take them out."
            )
    return words


def _once(table: PackTable, key: str, codes: Iterable[str]) -> None:
    given = [code for code in codes if code]
    for code in sorted({code for code in given if given.count(code) > 1}):
        table.problem(f"two of the {key} are called {code!r}; leave one, or give each its own.")
