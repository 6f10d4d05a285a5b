"""All three scales of Risk Matrix 2000 together: one set of answers, one score, one list of item titles."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from openmappa.core.answers import AnswersRefused
from openmappa.core.instruments.rm2000.answers import Rm2000SItems, Rm2000VItems
from openmappa.core.instruments.rm2000.comparison import Scoring
from openmappa.core.instruments.rm2000.scale_c import Rm2000CResult, scale_c
from openmappa.core.instruments.rm2000.scale_s import Rm2000SResult, scale_s
from openmappa.core.instruments.rm2000.scale_v import Rm2000VResult, contradictions, scale_v
from openmappa.core.packs.rm2000.shapes import Rm2000Rules


@dataclass(frozen=True, slots=True)
class Rm2000Result:
    """The score of a man on scale S and, where scale V was answered, on V and C."""

    s: Rm2000SResult
    v: Rm2000VResult | None
    c: Rm2000CResult | None

    @property
    def scoring(self) -> Scoring:
        """The score as it is compared with another."""
        answers: dict[str, int | bool] = asdict(self.s.items)
        points = {line.item: line.points for line in self.s.explanation if line.item in answers}
        bands = {"s": self.s.band}
        if self.v and self.c:
            of_v: dict[str, int | bool] = asdict(self.v.items)
            del of_v["age_at_risk"]
            answers |= of_v
            points |= {line.item: line.points for line in self.v.explanation if line.item in of_v}
            bands |= {"v": self.v.band, "c": self.c.band}
        return Scoring(answers, points, bands)


def rm2000_score(s: Rm2000SItems, v: Rm2000VItems | None, rules: Rm2000Rules) -> Rm2000Result:
    """Score S and, with answers to V, V and C, each scale from its own answers.

    Raises AnswersRefused with a sentence for each answer that cannot be, of both scales at once.
    """
    problems: dict[str, str] = {}
    of_s = of_v = None
    try:
        of_s = scale_s(s, rules.s)
    except AnswersRefused as refused:
        problems |= refused.problems
    try:
        of_v = scale_v(v, rules.v) if v is not None else None
    except AnswersRefused as refused:
        problems = refused.problems | problems
    if problems or of_s is None:
        raise AnswersRefused(problems)
    return Rm2000Result(of_s, of_v, scale_c(of_s.band, of_v.band, rules.c) if of_v else None)


def rm2000_of_one_person(s: Rm2000SItems, v: Rm2000VItems | None, rules: Rm2000Rules) -> Rm2000Result:
    """Score the answers of one person, counted by one assessor: those to S and V must not contradict each other.

    Raises AnswersRefused as `rm2000_score` does, and for what contradicts.
    """
    result = rm2000_score(s, v, rules)
    if v is not None and (problems := contradictions(s, v, rules)):
        raise AnswersRefused(problems)
    return result


def item_titles(rules: Rm2000Rules) -> Mapping[str, str]:
    """The titles of all items by name, in the order in which they are asked."""
    titles = {item.name: item.title for item in rules.s.items}
    titles |= {factor.name: factor.title for factor in rules.s.factors}
    titles |= {item.name: item.title for item in rules.v.items}
    return titles | {item.name: item.title for item in rules.v.yes_items}
