"""All that stands behind the facts of one generated case."""

from dataclasses import dataclass

from openmappa.core.packs.oasys_rules import OasysRules
from openmappa.core.packs.rm2000.shapes import Rm2000Rules
from openmappa.core.synthetic.content.assessments import Assessment, assessments_of
from openmappa.core.synthetic.content.decks import Decks
from openmappa.core.synthetic.content.known import Known
from openmappa.core.synthetic.content.planned import PlanText
from openmappa.core.synthetic.content.plans import plans_of
from openmappa.core.synthetic.content.scores import RmPatterns, Score, scores_of
from openmappa.core.synthetic.shape import Shape


@dataclass(frozen=True, slots=True)
class CaseContent:
    """What was written about one case, each part with the place of its fact."""

    known: Known
    scores: list[Score]
    assessments: list[Assessment]
    plans: list[PlanText]


class ContentMaker:
    """Makes content case by case. The same source and the same cases in the same order give the same content."""

    def __init__(self, source: str, shape: Shape, rm2000: Rm2000Rules, oasys: OasysRules) -> None:
        self._source = source
        self._patterns = RmPatterns(rm2000.s)
        self._oasys = oasys
        self._decks = Decks(source, shape.content)

    def of(self, known: Known) -> CaseContent:
        """The content of one case."""
        scores = scores_of(known, self._patterns, self._source)
        last = scores[-1] if scores else None
        assessments = assessments_of(known, last, self._oasys, self._decks, self._source)
        plans = plans_of(known, assessments, self._oasys, self._decks, self._source)
        return CaseContent(known, scores, assessments, plans)
