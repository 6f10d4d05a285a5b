"""Write docs/reference/roles.md from the tables of roles, so that the page cannot differ from what is enforced.

python tools/roles_page.py            write the page
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from openmappa.core.access import PERMISSIONS, ROLES, Role
from openmappa.core.compartments import COMPARTMENTS, COMPARTMENTS_OF, HANDLING, READS, Compartment, FieldClass
from openmappa.core.involvement import GIVEN_TO, KIND_OPENS, THROUGH_A_WALL, InvolvementKind
from openmappa.core.posts import IN_A_UNIT, IN_AN_AREA, RANKS_OF_AGENCY, ROLES_OF_AGENCY
from openmappa.core.role_words import CLASS_WORDS, GROUPS, WORDS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "roles.md"

INTRODUCTION = """# Roles, and who sees what

<!-- Written by tools/roles_page.py from core/access.py, core/compartments.py, core/involvement.py and core/posts.py.
     Change those, not this page. -->

A person has one role at a time. A role says what somebody may do on a case that they see; it never opens every case.
Which cases they see follows from *involvement*, and what of a case from *compartments* and *classes of fields*. The
service asks these tables, and the database asks again by row-level security; a test compares the two.

The same tables stand in the service itself, under *You*, *What every role may do*.

## The roles
"""

REACH = """## How somebody comes to see a case

Police officers, case managers and line managers see the cases that they, or their unit, answer for; a line manager
those of the further units they manage as well; a MAPPA coordinator those of the area. Who covers for somebody absent
sees what that person sees, from the first day to the last. Beyond that, a case is given to a person, a unit or an
agency for a time:

"""

RESTRICTED = """
A restricted case is seen only by whoever was named for it, or opened it in an emergency. All others who would see it
learn that there is a restricted case, and whom to ring.
"""

COMPARTMENT_TEXT = """## Compartments

Every note and file on a case stands in one compartment. Who sees the case opens those that their role opens; who was
given it, those that the reason opens as well.

"""

HANDLING_TEXT = """
Intelligence goes by its handling code besides (5x5x5):

"""

CLASS_TEXT = """## Classes of fields

Every field of every table belongs to one class; a test fails for one that does not. Pages, exports and search go by it.

"""

PERMISSION_TEXT = """## Who may do what

"""

POSTS_TEXT = """## Who can hold which role

Which roles and ranks somebody can be given follows from what their agency is. Whatever gives a person more than they
had waits until a second person has confirmed it ([decision 0012](../decisions/0012-two-people-for-more-access.md)).

"""


def page() -> str:
    """The whole page."""
    sections = (
        (INTRODUCTION, _roles()),
        (REACH, _kinds()),
        (RESTRICTED, ()),
        (COMPARTMENT_TEXT, _compartments()),
        (HANDLING_TEXT, _handling()),
        (CLASS_TEXT, _table("fields", [(CLASS_WORDS[each], READS[each]) for each in FieldClass])),
        (PERMISSION_TEXT, _permissions()),
        (POSTS_TEXT, _posts()),
    )
    return (
        "\n\n".join("\n\n".join(filter(None, (text.strip("\n"), "\n".join(lines)))) for text, lines in sections) + "\n"
    )


def _roles() -> Iterator[str]:
    for role, facts in ROLES.items():
        yield f"### {facts.label}"
        yield ""
        yield facts.sentence
        yield ""
        opened = [COMPARTMENTS[each].label.lower() for each in Compartment if each in COMPARTMENTS_OF[role]]
        yield f"- Opens of a case it sees: {'; '.join(opened) or 'nothing'}."
        given = [kind.label.lower() for kind in InvolvementKind if role in GIVEN_TO[kind]]
        yield f"- Can be given a case as: {'; '.join(given) or 'nothing'}."
        yield ""


def _kinds() -> Iterator[str]:
    yield _row(["given as", "opens to", "what of it", "a restricted case too"])
    yield _row(["---"] * 4)
    for kind in InvolvementKind:
        roles = [ROLES[role].label for role in ROLES if role in GIVEN_TO[kind]]
        opened = [COMPARTMENTS[each].label.lower() for each in Compartment if each in KIND_OPENS[kind]]
        yield _row([kind.label, "; ".join(roles), "; ".join(opened), "yes" if kind in THROUGH_A_WALL else "no"])


def _compartments() -> Iterator[str]:
    holders = {each: {role for role in ROLES if each in COMPARTMENTS_OF[role]} for each in Compartment}
    yield from _table("compartment", [(COMPARTMENTS[each].label, holders[each]) for each in Compartment])
    yield ""
    yield from (f"- **{facts.label}.** {facts.sentence}" for facts in COMPARTMENTS.values())


def _handling() -> Iterator[str]:
    yield _row(["code", "handling", "read by"])
    yield _row(["---:", "---", "---"])
    for code, handling in HANDLING.items():
        readers = " and ".join(sorted(handling.kinds)) if handling.kinds else handling.whose
        yield _row([str(code), handling.label, readers])


def _permissions() -> Iterator[str]:
    for title, permissions in GROUPS.items():
        yield f"### {title}"
        yield ""
        yield from _table("may", [(WORDS[each], PERMISSIONS[each]) for each in permissions])
        yield ""


def _posts() -> Iterator[str]:
    yield _row(["agency", "roles", "ranks and grades"])
    yield _row(["---"] * 3)
    for kind, roles in ROLES_OF_AGENCY.items():
        ranks = "; ".join(rank.label for rank in RANKS_OF_AGENCY[kind])
        yield _row([kind.capitalize(), "; ".join(role.label for role in roles), ranks])
    yield ""
    yield f"In a unit: {_named(IN_A_UNIT)}. In an area, with or without a unit: {_named(IN_AN_AREA)}."


def _table(first: str, rows: Sequence[tuple[str, Collection[Role]]]) -> Iterator[str]:
    """A phrase on each line, and for each role whether it holds."""
    yield _row([first, *(facts.label for facts in ROLES.values())])
    yield _row(["---", *(":---:" for _ in ROLES)])
    for phrase, holders in rows:
        yield _row([phrase, *("yes" if role in holders else "" for role in ROLES)])


def _named(roles: Collection[Role]) -> str:
    return "; ".join(facts.label for role, facts in ROLES.items() if role in roles)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
