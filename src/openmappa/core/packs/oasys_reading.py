"""Reading OASys from the files of a pack, with everything that does not make sense said in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from openmappa.core.bands import HarmLevel, LikelihoodBand
from openmappa.core.packs.oasys_rules import (
    DIVERSITY,
    FULL_ANALYSIS,
    HARM_SECTIONS,
    IN_CUSTODY,
    LEVELS,
    LIKELIHOOD,
    REASON_AGAINST,
    SCREENING,
    AskedWhen,
    AtRisk,
    Choice,
    HarmRules,
    ItemKind,
    LevelMeaning,
    NeedRule,
    OasysItem,
    OasysRules,
    OasysSection,
    Place,
    TotalBand,
)
from openmappa.core.packs.reading import PackTable, is_one_of, one_of
from openmappa.core.sources import Source

NEEDED_ITEMS = {SCREENING: (FULL_ANALYSIS, REASON_AGAINST), LEVELS: (IN_CUSTODY,), LIKELIHOOD: ("total", "ogrs2")}
"""What the functions look up by name, so that no pack can leave it out."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What all sections say alike: labels of the scores, and the two questions at the end of a section."""

    scores: tuple[str, str, str]
    evidence_hint: str
    linked_to_harm: str
    linked_to_offending: str
    source: Source


def read_oasys(head: PackTable, parts: Sequence[PackTable]) -> OasysRules:
    """OASys from its head (`oasys.toml`) and the files with its sections, in order. Raises PackError with all faults.

    The tables share one list of problems, so that one run names everything.
    """
    wording = _read_wording(head.table("wording"))
    rows = [(row, read_section(row, wording)) for part in parts for row in part.tables("sections")]
    total = head.table("total")
    rules = OasysRules(
        title=head.text("title"),
        source=head.text("source"),
        evidence_hint=wording.evidence_hint,
        sections=tuple(section for _, section in rows),
        total_bands=_read_bands(total),
        total_source=total.source(),
        harm=_read_harm(head.table("harm")),
    )
    _check_once(rows)
    _check_needed(head, rules)
    for part in parts:
        part.note_unknown_keys()
    head.finish()
    return rules


def _read_wording(table: PackTable) -> Wording:
    scores = table.words("scores")
    if len(scores) != 3:
        table.problem(f"`scores` has {len(scores)} labels; write three: for 0, 1 and 2.")
        scores = ["", "", ""]
    return Wording(
        (scores[0], scores[1], scores[2]),
        table.text("evidence_hint"),
        table.text("linked_to_harm"),
        table.text("linked_to_offending"),
        table.source(),
    )


def read_section(row: PackTable, wording: Wording) -> OasysSection:
    """One section."""
    slug, code = row.text("slug"), row.text("code")
    row.where = f"{row.where.rpartition(',')[0]}, section {slug or '?'}"
    source = row.source()
    items: list[OasysItem] = []
    for line in row.tables("items"):
        items.append(read_item(line, wording, source, items[-1].group if items else ""))
    links = row.table("linked") if row.has("linked") else None
    linked = {key: _linked(links, key, wording) for key in ("harm", "offending") if links and links.has(key)}
    items += linked.values()
    section = OasysSection(
        slug=slug,
        code=code,
        title=row.text("title"),
        component=row.whole("component"),
        lead=row.text("lead"),
        items=tuple(items),
        source=source,
        need=_read_need(row.table("need")) if row.has("need") else None,
        linked_to_harm=linked["harm"].name if "harm" in linked else "",
        linked_to_offending=linked["offending"].name if "offending" in linked else "",
        only_with_full_analysis=row.yes("only_with_full_analysis"),
    )
    _check_section(row, section)
    return section


def read_item(row: PackTable, wording: Wording, section_source: Source, group: str) -> OasysItem:
    """One item. Its name follows from its code, its group from the item before it, unless it has one of its own."""
    code = row.text("code")
    name = row.text("name") if row.has("name") else name_from_code(code)
    row.where = f"{row.where.rpartition(',')[0]}, item {code or '?'}"
    if not name.isidentifier():
        row.problem(f"`name` is {name!r}; write letters, digits and _ only, such as item_3_3.")
    kind = row.choice("kind", ItemKind)
    choices = _read_choices(row, kind, wording)
    evidence = _values(row, "evidence_at", choices) if row.has("evidence_at") else _usual_evidence(kind)
    if kind is ItemKind.NUMBER:
        lowest, highest = row.whole("lowest"), row.whole("highest")
        if lowest >= highest:
            row.problem(f"`lowest` is {lowest} and `highest` {highest}; the first must be below the second.")
    else:
        lowest = highest = 0
    return OasysItem(
        name=name,
        code=code,
        title=row.text("title"),
        guidance=row.text("guidance") if row.has("guidance") else "",
        kind=kind,
        choices=choices,
        source=row.source() if row.has("source") else section_source,
        group=row.text("group") if row.has("group") else group,
        optional=row.yes("optional"),
        lowest=lowest,
        highest=highest,
        evidence_at=evidence,
        evidence_title=row.text("evidence_title") if row.has("evidence_title") else "Evidence" if evidence else "",
        asked_when=_read_asked_when(row.table("asked_when")) if row.has("asked_when") else None,
        calls_for_full_analysis=_values(row, "calls_at", choices) if row.has("calls_at") else _usual_calls(kind),
        at_risk=row.choice("at_risk", AtRisk) if kind is ItemKind.LEVEL else None,
        place=row.choice("place", Place) if kind is ItemKind.LEVEL else None,
        hidden_from_offender=row.yes("hidden_from_offender"),
    )


def name_from_code(code: str) -> str:
    """An item's name from its printed number: "3.3" is item_3_3."""
    return "item_" + code.replace(".", "_").replace("-", "_").lower()


def _linked(row: PackTable, key: str, wording: Wording) -> OasysItem:
    code = row.text(key)
    harm = key == "harm"
    return OasysItem(
        name=name_from_code(code),
        code=code,
        title=wording.linked_to_harm if harm else wording.linked_to_offending,
        guidance="",
        kind=ItemKind.YES_NO,
        choices=YES_OR_NO,
        source=wording.source,
        evidence_at=(True,) if harm else (),
        evidence_title="How it is linked" if harm else "",
        group="What it is linked to",
    )


YES_OR_NO = (Choice(True, "Yes"), Choice(False, "No"))
OCCASIONS = (
    Choice("never", "No"),
    Choice("current", "Now"),
    Choice("previous", "Before"),
    Choice("both", "Now and before"),
)
LEVEL_CHOICES = tuple(Choice(level.value, level.label) for level in HarmLevel)


def _read_choices(row: PackTable, kind: ItemKind, wording: Wording) -> tuple[Choice, ...]:
    if kind is ItemKind.SCORE:
        labels = row.words("labels") if row.has("labels") else list(wording.scores)
        if len(labels) != 3:
            row.problem(f"`labels` has {len(labels)} labels; write three: for 0, 1 and 2.")
        return tuple(Choice(score, label) for score, label in enumerate(labels[:3]))
    if kind is ItemKind.YES_NO_SCORE:
        return (Choice(2, "Yes"), Choice(0, "No"))
    if kind is ItemKind.CHOICE:
        return tuple(Choice(line.text("value"), line.text("label")) for line in row.tables("choices"))
    return {ItemKind.YES_NO: YES_OR_NO, ItemKind.LEVEL: LEVEL_CHOICES, ItemKind.OCCASION: OCCASIONS}.get(kind, ())


def _usual_calls(kind: ItemKind) -> tuple[int | str | bool, ...]:
    """Any occasion calls for the full analysis of harm."""
    return tuple(choice.value for choice in OCCASIONS[1:]) if kind is ItemKind.OCCASION else ()


def _usual_evidence(kind: ItemKind) -> tuple[int | str | bool, ...]:
    """Every score above 0 needs its evidence (7.5), and every level above low its reasons."""
    levels = tuple(level.value for level in HarmLevel if level is not HarmLevel.LOW)
    return {ItemKind.SCORE: (1, 2), ItemKind.YES_NO_SCORE: (2,), ItemKind.LEVEL: levels}.get(kind, ())


def _values(row: PackTable, key: str, choices: Sequence[Choice]) -> tuple[int | str | bool, ...]:
    allowed = [choice.value for choice in choices]
    found = row.value(key)
    if not isinstance(found, list) or not found:
        row.problem(f"`{key}` is {found!r}; write a list of answers of the item, such as [true].")
        return ()
    for value in found:
        if not is_one_of(value, allowed):
            row.problem(f"`{key}` names {value!r}; write {one_of(allowed, value)}.")
    return tuple(found)


def _read_asked_when(row: PackTable) -> AskedWhen:
    among = row.value("is")
    if not isinstance(among, list) or not among:
        row.problem(f"`is` is {among!r}; write a list of answers of that item, such as [true].")
        among = []
    return AskedWhen(row.text("item"), tuple(among))


def _read_need(row: PackTable) -> NeedRule:
    return NeedRule(tuple(row.words("items")), row.whole("cut_off"), row.whole("highest"), row.source())


def _check_section(row: PackTable, section: OasysSection) -> None:
    items: dict[str, OasysItem] = {}
    for item in section.items:
        rule = item.asked_when
        if item.name in items:
            row.problem(f"there are two items called {item.name}; give one of them another code or name.")
        if rule and rule.item not in items:
            row.problem(f"{item.code} is asked when {rule.item!r} is answered; name an item that stands before it.")
        elif rule and not all(is_one_of(each, [one.value for one in items[rule.item].choices]) for each in rule.among):
            row.problem(f"{item.code} is asked when {rule.item} has an answer that it cannot have.")
        items[item.name] = item
    if not 1 <= section.component <= 5:
        row.problem(f"`component` is {section.component}; OASys has components 1 to 5.")
    if section.need:
        _check_need(row, section.need, items)


def _check_need(row: PackTable, need: NeedRule, items: dict[str, OasysItem]) -> None:
    for name in need.items:
        if name not in items or not items[name].is_score:
            row.problem(f"`need` counts {name!r}; name a scored item of the section.")
    if need.highest != 2 * len(need.items):
        row.problem(f"`need` has a highest score of {need.highest}; its items add up to {2 * len(need.items)}.")
    if not 1 <= need.cut_off <= need.highest:
        row.problem(f"`need` has a cut-off of {need.cut_off}; write 1 to {need.highest}.")


def _check_once(rows: Sequence[tuple[PackTable, OasysSection]]) -> None:
    slugs: set[str] = set()
    for row, section in rows:
        if section.slug in slugs:
            row.problem("there is another section with this slug; give one of them another.")
        slugs.add(section.slug)


def _check_needed(head: PackTable, rules: OasysRules) -> None:
    """The functions look these up by name."""
    there = {section.slug: {item.name for item in section.items} for section in rules.sections}
    for slug in (LIKELIHOOD, *HARM_SECTIONS, DIVERSITY):
        if slug not in there:
            head.problem(f"there is no section {slug}; add it.")
    for slug, names in NEEDED_ITEMS.items():
        for name in names:
            if slug in there and name not in there[slug]:
                head.problem(f"section {slug} has no item called {name}; add it.")


def _read_bands(table: PackTable) -> tuple[TotalBand, ...]:
    bands = tuple(
        TotalBand(row.whole("from"), row.whole("to"), row.choice("band", LikelihoodBand))
        for row in table.tables("bands")
    )
    expected = 0
    for band in bands:
        if band.lowest != expected or band.highest < band.lowest:
            table.problem(f"`bands`: one is from {band.lowest} to {band.highest}; it must begin at {expected}.")
        expected = band.highest + 1
    return bands


def _read_harm(table: PackTable) -> HarmRules:
    levels = tuple(
        LevelMeaning(row.choice("level", HarmLevel), row.text("meaning"), row.source())
        for row in table.tables("levels")
    )
    if [line.level for line in levels] != list(HarmLevel):
        table.problem("`levels` must be low, medium, high and very_high, in that order.")
    return HarmRules(table.text("serious_harm"), table.source("serious_harm_source"), levels)
