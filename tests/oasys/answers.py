"""Answers to every question of OASys, as somebody might give them, for tests."""

from openmappa.accounts.models import User
from openmappa.core.instruments.oasys.answering import is_asked, needs_evidence
from openmappa.core.packs.load import load_oasys
from openmappa.core.packs.oasys_rules import LEVELS, SCREENING, Answer, ItemKind, OasysItem, OasysRules, OasysSection
from openmappa.oasys.models import Oasys
from openmappa.oasys.queries.oasys import written
from openmappa.oasys.services.drafting import save_section

RULES: OasysRules = load_oasys("england-wales-2005")
OGRS3 = {
    "sex": "male",
    "age_at_conviction": 44,
    "age_at_first_sanction": 30,
    "age_at_risk_date": 45,
    "previous_sanctions": 3,
    "offence_group": "sexual_child",
}


def answers_to(section: OasysSection, **own: Answer) -> dict[str, Answer]:
    """Every question that is asked, with the mildest answer that there is, or one's own; words behind it if needed."""
    found: dict[str, Answer] = {}
    for item in section.items:
        if not is_asked(section, item, found):
            continue
        found[item.name] = own.get(item.name, OGRS3.get(item.name, mildest(item)))
        if needs_evidence(item, found[item.name]):
            found[item.evidence_name] = own.get(item.evidence_name, f"Words behind {item.code}.")
    return found


def mildest(item: OasysItem) -> Answer:
    if item.kind in (ItemKind.SCORE, ItemKind.YES_NO_SCORE):
        return 0
    if item.kind is ItemKind.YES_NO:
        return False
    if item.kind is ItemKind.NUMBER:
        return max(item.lowest, 30) if item.highest > 100 and item.lowest else item.lowest
    return {ItemKind.OCCASION: "never", ItemKind.LEVEL: "low", ItemKind.TEXT: f"About {item.code}."}.get(
        item.kind, item.choices[-1].value if item.choices else None
    )


def fill(oasys: Oasys, by: User, *, level: str = "medium", **of_sections: dict[str, Answer]) -> Oasys:
    """Answer everything in a draft through the service; ``level`` is the one of children in the community.

    ``of_sections`` holds answers of one's own, by the slug of the section with _ for -.
    """
    own = {slug.replace("_", "-"): found for slug, found in of_sections.items()}
    own[LEVELS] = {"children_community": level} | own.get(LEVELS, {})
    own[SCREENING] = {"full_analysis": False} | own.get(SCREENING, {})
    for section in RULES.sections:
        found = written(oasys)
        if section not in found.sections:
            continue
        row = found.rows.get(section.slug)
        save_section(
            by=by,
            oasys=oasys,
            section=section.slug,
            answers=answers_to(section, **own.get(section.slug, {})),
            confirmed=found.unconfirmed_in(section),
            revision=row.revision if row else 0,
        )
    return oasys
