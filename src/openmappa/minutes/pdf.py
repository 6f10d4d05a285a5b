"""Minutes, and what the offender may be told, as tagged PDF files (PDF/UA-1). Texts reach them as data, not markup."""

from collections.abc import Sequence
from pathlib import Path

from openmappa.core.compartments import Compartment
from openmappa.minutes.models.copies import Copy
from openmappa.minutes.models.minutes import Line, Minutes
from openmappa.ui.formats import day
from openmappa.ui.typesetting import typeset

DOCUMENTS = Path(__file__).parent / "documents"
PART_WORDS = {
    Compartment.CONFIDENTIAL.value: "Confidential: never to be disclosed to the offender",
    Compartment.VICTIM.value: "Victim: only for those who read this part",
}


def copy_pdf(*, minutes: Minutes, copy: Copy, lines: Sequence[Line]) -> bytes:
    """A numbered copy: number and recipient stand on every page. It says what is in ``lines`` and nothing else."""
    sections: list[dict[str, object]] = []
    heading = ""
    for line in lines:
        if line.heading != heading or not sections:
            heading = line.heading
            sections.append({"heading": heading, "lines": []})
        said: list[dict[str, str]] = sections[-1]["lines"]  # type: ignore[assignment]  # the list made above
        said.append({"label": line.label, "text": line.text, "part": PART_WORDS.get(line.compartment, "")})
    who = ", ".join(part for part in (copy.recipient, copy.post, copy.agency.name) if part)
    data = {
        "title": f"Minutes of the Level {minutes.level} MAPPA meeting of {day(minutes.held_on)}: {minutes.reference}",
        "marking": minutes.marking,
        "copy": f"Copy {copy.number} of {copy.of}, version {minutes.number}, for {who}",
        "corrected": _corrected(minutes),
        "sections": sections,
    }
    return typeset(DOCUMENTS / "minutes.typ", data)


def offender_list_pdf(*, held_on: str, decisions: Sequence[str]) -> bytes:
    """What was decided, as the offender may hold it in their hands. It bears no marking: it becomes their own."""
    return typeset(
        DOCUMENTS / "decisions.typ", {"title": f"What was decided on {held_on}", "decisions": list(decisions)}
    )


def _corrected(minutes: Minutes) -> str:
    if minutes.number == 1:
        return ""
    return f"This is version {minutes.number}. It corrects version {minutes.number - 1}: {minutes.correction_reason}"
