"""Risk Matrix 2000, scale C: the likelihood of reconviction for a sexual or a violent offence.

It asks nothing of its own: the categories of S and V give points, and their sum is cut into four categories.
"""

from dataclasses import dataclass

from openmappa.core.answers import counted
from openmappa.core.bands import LikelihoodBand
from openmappa.core.instruments.rm2000.reasons import ItemExplanation, cut_of
from openmappa.core.packs.rm2000.shapes import Rm2000CRules


@dataclass(frozen=True, slots=True)
class Rm2000CResult:
    """A score: the points of two categories, the category of their sum, every reason."""

    s_band: LikelihoodBand
    v_band: LikelihoodBand
    rules: Rm2000CRules
    points: int
    band: LikelihoodBand

    @property
    def explanation(self) -> tuple[ItemExplanation, ...]:
        """Every reason: the points of S, of V, and the category of their sum."""
        cut = cut_of(self.rules.cuts, self.points)
        total = f"S and V add up to {counted(self.points, 'point')}."
        return (
            self._explain("s_band", "S", self.s_band),
            self._explain("v_band", "V", self.v_band),
            ItemExplanation("sum", 1, total, self.points, self.rules.sum_source),
            ItemExplanation(
                "band", 1, f"The category is {cut.band.label.lower()} ({cut.label}).", self.points, cut.source
            ),
        )

    @property
    def rests_on_memory(self) -> bool:
        """Whether any reason comes from a source that was remembered, not read."""
        return any(line.source.is_remembered for line in self.explanation)

    def _explain(self, item: str, scale: str, band: LikelihoodBand) -> ItemExplanation:
        points = self.rules.points[band]
        sentence = f"Scale {scale} is {band.label.lower()}, which scores {counted(points, 'point')}."
        return ItemExplanation(item, 1, sentence, points, self.rules.points_source)


def scale_c(s_band: LikelihoodBand, v_band: LikelihoodBand, rules: Rm2000CRules) -> Rm2000CResult:
    """Score scale C from the categories of S and V."""
    points = rules.points[s_band] + rules.points[v_band]
    return Rm2000CResult(s_band, v_band, rules, points, cut_of(rules.cuts, points).band)
