"""Write docs/reference/oasys-items.md from the pack, so that the page cannot differ from what is asked.

python tools/oasys_page.py            write the page
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from openmappa.core.packs.load import load_oasys
from openmappa.core.packs.oasys_rules import ItemKind, OasysItem, OasysRules, OasysSection

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "oasys-items.md"
PACK = "england-wales-2005"

INTRODUCTION = """# OASys: what is asked, and how it is scored

<!-- Written by tools/oasys_page.py from the pack. Change the pack, not this page. -->

{title}. Source: {source}. The wording of every question is ours; numbers of items, which of them are scored, highest
scores and cut-offs carry over. **(R)** marks what its authors remember and have not read again.

## What follows from the answers

- **Evidence.** A score above 0 needs words behind it before an OASys can be signed (inspection report, 7.5). So do the
  other answers that the tables name under *words needed at*.
- **The score of a section** is the sum of its scored items: 0, 1 or 2 each, yes or no 2 or 0.
- **A criminogenic need**: the items that count come to the cut-off or more. Finances, emotional well-being and health
  have no published cut-off.
- **The total of sections 1 to 12** (0 to 168) is entered, not worked out: its weights were not found. Its bands:
  {bands} {total_source}.
- **The full analysis of harm** is due as soon as one answer of the screening calls for it. A decision against it needs
  a reason, and a middle manager's countersignature (PC 10/2005).
- **The overall level of harm** is the highest of the levels given: in the community, and in custody for somebody who is
  there. Prisoners have a level in custody only.
- **Copied answers** of an earlier OASys count, and each has to be confirmed or changed before signing.
- **What came from somebody else** is written between `[[` and `]]`, and is left out of the version for the offender,
  as are the answers marked *not for the offender*.

*Worked example.* No fixed address: no (0). Fit to live in: no problem (0). Will last: some problem (1). Right place:
some problem (1). Accommodation scores 2 of 8; items 3.3, 3.4, 3.5 and 3.6 come to 2, and a need begins at 2: it is one.

## Levels of risk of serious harm

{serious_harm} ({serious_harm_source})

| level | meaning | source |
| --- | --- | --- |
{levels}
"""


def page(rules: OasysRules) -> str:
    """The whole page."""
    bands = "; ".join(f"{band.lowest} to {band.highest} {band.band.label.lower()}" for band in rules.total_bands)
    levels = "\n".join(_row([line.level.label, line.meaning, str(line.source)]) for line in rules.harm.levels)
    start = INTRODUCTION.format(
        title=rules.title,
        source=rules.source,
        bands=bands,
        total_source=f"({rules.total_source})",
        serious_harm=rules.harm.serious_harm,
        serious_harm_source=rules.harm.serious_harm_source,
        levels=levels,
    )
    return "\n".join([start, *(line for section in rules.sections for line in _section(section))]).rstrip() + "\n"


def _section(section: OasysSection) -> Iterator[str]:
    yield f"## {section.code}. {section.title}"
    yield ""
    yield section.lead
    yield ""
    if section.highest_score:
        yield f"Highest score: {section.highest_score}. {_need(section)}"
        yield ""
    if section.only_with_full_analysis:
        yield "Asked only where the full analysis is done."
        yield ""
    yield _row(["item", "question", "answers", "words needed at", "source"])
    yield _row(["---"] * 5)
    for item in section.items:
        yield _row([item.code, _question(section, item), _answers(item), _evidence(item), _source(item)])
    yield ""


def _need(section: OasysSection) -> str:
    if section.need is None:
        return "No cut-off is published."
    codes = ", ".join(section.item(name).code for name in section.need.items)
    return f"A need when {codes} come to {section.need.cut_off} of {section.need.highest} ({section.need.source})."


def _question(section: OasysSection, item: OasysItem) -> str:
    words = [item.title]
    if item.asked_when:
        asking = section.item(item.asked_when.item)
        among = " or ".join(asking.label_of(answer).lower() for answer in item.asked_when.among)
        words.append(f"(asked when {asking.code} is {among})")
    if item.optional:
        words.append("(optional)")
    if item.hidden_from_offender:
        words.append("(not for the offender)")
    return " ".join(words)


def _answers(item: OasysItem) -> str:
    if item.kind is ItemKind.NUMBER:
        return f"{item.lowest} to {item.highest}"
    if item.kind is ItemKind.TEXT:
        return "text"
    return "; ".join(f"{choice.value} {choice.label}" if item.is_score else choice.label for choice in item.choices)


def _evidence(item: OasysItem) -> str:
    return "; ".join(item.label_of(answer) for answer in item.evidence_at)


def _source(item: OasysItem) -> str:
    return f"**(R)** {item.source.text}" if item.source.is_remembered else item.source.text


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main(arguments: Sequence[str] = ()) -> int:
    """Write the page."""
    PAGE.write_text(page(load_oasys(PACK)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
