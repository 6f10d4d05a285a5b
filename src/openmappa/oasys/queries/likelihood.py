"""Likelihood of reconviction out of the answers of an OASys: OGRS3 worked out, OGRS2 and the total as entered."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from openmappa.core.answers import AnswersRefused
from openmappa.core.instruments.oasys.answering import section_answers, standing
from openmappa.core.instruments.oasys.missing import Missing
from openmappa.core.instruments.ogrs3 import Ogrs3Items, ogrs3
from openmappa.core.packs.load import load_oasys, load_ogrs3
from openmappa.core.packs.oasys_rules import LIKELIHOOD, AllAnswers, Answers
from openmappa.oasys.models import Oasys

OGRS3_ITEMS = tuple(field.name for field in fields(Ogrs3Items))
"""The questions that OGRS3 is worked out from; the pack's questions have the same names."""


@dataclass(frozen=True)
class Likelihood:
    """What is known of likelihood: OGRS3 (None: not all answered, or refused with ``problems``), OGRS2, the total."""

    percent1: int | None
    percent2: int | None
    band: str
    ogrs2: int | None
    total: int | None
    problems: Mapping[str, str]
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[str, object]:
        """What is kept with a signed OASys."""
        return {
            "ogrs3_percent1": self.percent1,
            "ogrs3_percent2": self.percent2,
            "ogrs3_band": self.band,
            "ogrs2_entered": self.ogrs2,
            "total_entered": self.total,
        }


def likelihood_of(answers: AllAnswers, pack: str) -> Likelihood:
    """Likelihood as far as it is answered; OGRS3 once its six questions are."""
    section = load_oasys(pack).section(LIKELIHOOD)
    found = standing(section, section_answers(answers, section))
    entered = (_whole(found, "ogrs2"), _whole(found, "total"))
    given: dict[str, Any] = {name: found[name] for name in OGRS3_ITEMS if name in found}
    if len(given) < len(OGRS3_ITEMS):
        return Likelihood(None, None, "", *entered, {})
    try:
        result = ogrs3(Ogrs3Items(**given), load_ogrs3(pack))
    except AnswersRefused as refused:
        return Likelihood(None, None, "", *entered, refused.problems)
    reasons = tuple(f"{line.sentence} {line.source}" for line in result.explanation)
    return Likelihood(
        result.percent1, result.percent2, result.band.value, *entered, {}, reasons=reasons, doubts=result.doubts
    )


def kept_likelihood(oasys: Oasys) -> Likelihood:
    """What was worked out when it was signed."""
    return Likelihood(
        oasys.ogrs3_percent1, oasys.ogrs3_percent2, oasys.ogrs3_band, oasys.ogrs2_entered, oasys.total_entered, {}
    )


def likelihood_missing(answers: AllAnswers, pack: str) -> tuple[Missing, ...]:
    """What stands against working out OGRS3 from the answers given."""
    section = load_oasys(pack).section(LIKELIHOOD)
    problems = likelihood_of(answers, pack).problems
    return tuple(
        Missing(LIKELIHOOD, name, f"{section.item(name).code} {sentence}") for name, sentence in problems.items()
    )


def _whole(answers: Answers, name: str) -> int | None:
    found = answers.get(name)
    return found if isinstance(found, int) else None
