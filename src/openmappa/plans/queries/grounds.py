"""What objectives can be tied to: the needs and harm factors of the last OASys; without one, all that there are."""

from dataclasses import dataclass

from openmappa.cases.models import Case
from openmappa.core.instruments.oasys.summary import Ground, GroundKind
from openmappa.core.packs.load import load_oasys
from openmappa.core.packs.oasys_rules import AtRisk
from openmappa.oasys.queries.oasys import grounds_for_plans

PACK = "england-wales-2005"


@dataclass(frozen=True)
class GroundRow:
    """A need or harm factor. ``must`` says that the assessment found it, so that the plan has to answer it."""

    kind: str
    code: str
    label: str
    must: bool


def grounds_for(case: Case) -> tuple[GroundRow, ...]:
    """The grounds that the last signed OASys gives; where there is none, all that there can be."""
    found = tuple(GroundRow(one.kind.value, one.key, _label(one), must=True) for one in grounds_for_plans(case))
    return found or every_ground()


def _label(ground: Ground) -> str:
    """The ground by a name of its own: a section may be both a need and linked to serious harm."""
    who = {f"harm:{one.value}" for one in AtRisk}
    is_section = ground.kind is GroundKind.HARM and ground.key not in who
    return f"{ground.title}, linked to serious harm" if is_section else ground.title


def every_ground() -> tuple[GroundRow, ...]:
    """Every section that can be a need, and everybody who can be at risk, none of them found by an assessment."""
    rules = load_oasys(PACK)
    needs = (section for section in rules.sections if section.need or section.linked_to_offending)
    return (
        *(GroundRow("need", f"need:{section.slug}", section.title, must=False) for section in needs),
        *(
            GroundRow(
                "harm", f"harm:{who.value}", f"{who.replace('_', ' ').capitalize()} at risk of serious harm", must=False
            )
            for who in AtRisk
        ),
    )
