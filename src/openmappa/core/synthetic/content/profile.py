"""What a generated person is like, as far as an assessment asks: needs, the kind of offence, who could be harmed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from openmappa.core.synthetic.content.known import Known
from openmappa.core.synthetic.content.scores import Score, weighted
from openmappa.core.synthetic.dealing import Dice

NEEDS: Mapping[str, tuple[float, float]] = {
    "accommodation": (0.25, 0.15),
    "education-training-employability": (0.3, 0.2),
    "finances": (0.3, 0.1),
    "relationships": (0.35, 0.4),
    "lifestyle-and-associates": (0.35, 0.25),
    "drug-misuse": (0.08, 0.06),
    "alcohol-misuse": (0.25, 0.12),
    "emotional-well-being": (0.4, 0.15),
    "thinking-and-behaviour": (0.3, 0.5),
    "attitudes": (0.35, 0.3),
}
"""How often a section is some problem, and a serious one. Believable, and no findings."""
OFFENCES = (("child_contact", 0.5), ("adult_contact", 0.27), ("images", 0.15), ("exposure", 0.08))
NON_CONTACT = ("images", "exposure")


@dataclass(frozen=True, slots=True)
class Profile:
    """One person. ``needs``: by section, 0 none, 1 some, 2 serious. Counts are of court appearances before this one."""

    offence: str
    needs: Mapping[str, int]
    stranger: bool
    male_victim: bool
    single: bool
    age_at_sentence: int
    age_at_risk: int
    age_at_first: int
    earlier_sexual: int
    earlier_violent: int
    earlier_other: int
    cautions: int
    under_18: int
    burglary: bool
    female: bool

    @property
    def earlier(self) -> int:
        """Court appearances before the current one."""
        return self.earlier_sexual + self.earlier_violent + self.earlier_other

    @property
    def at_risk(self) -> str:
        """The group that the offences were against."""
        if self.offence in ("child_contact", "images"):
            return "children"
        return "public" if self.stranger or self.offence == "exposure" else "known_adult"

    def changed(self, section: str, by: int) -> "Profile":
        """The same person, with one section better or worse."""
        return replace(self, needs={**self.needs, section: min(2, max(0, self.needs[section] + by))})


def profile_of(known: Known, score: Score | None, age_at_sentence: int, seed: str) -> Profile:
    """The person of a case; ``score`` is the last RM2000, with which everything here agrees."""
    items = score.items if score else None
    dice = Dice(seed, known.reference, "profile")
    offence = weighted(list(OFFENCES), dice)
    if items is not None:
        fitting = [each for each in OFFENCES if items.non_contact or each[0] not in NON_CONTACT]
        offence = weighted(fitting, dice)
    sexual = items.sexual_appearances - 1 if items else 0
    rest = items.criminal_appearances - items.sexual_appearances if items else dice.between(0, 2)
    violent = min(rest, score.v_items.violent_appearances) if score else dice.between(0, rest // 2)
    earlier = sexual + rest
    first = age_at_sentence - (dice.between(earlier, earlier * 3) if earlier else 0)
    first = max(12, min(first, age_at_sentence))
    return Profile(
        offence=offence,
        needs={section: _strength(shares, dice) for section, shares in NEEDS.items()},
        stranger=items.stranger_victim if items else dice.roll() < 0.2,
        male_victim=items.male_victim if items else dice.roll() < 0.2,
        single=items.single if items else dice.roll() < 0.3,
        age_at_sentence=age_at_sentence,
        age_at_risk=max(known.age_at_risk, age_at_sentence),
        age_at_first=first,
        earlier_sexual=sexual,
        earlier_violent=violent,
        earlier_other=rest - violent,
        cautions=dice.between(0, 1) if earlier else 0,
        under_18=dice.between(0, min(2, rest)) if first < 18 else 0,
        burglary=score.v_items.burglary if score else False,
        female=known.sex == "female",
    )


def _strength(shares: tuple[float, float], dice: Dice) -> int:
    some, serious = shares
    rolled = dice.roll()
    return 2 if rolled < serious else 1 if rolled < serious + some else 0
