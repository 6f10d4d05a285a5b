"""What an RM2000 that is being filled in comes to so far."""

from dataclasses import dataclass

from openmappa.assessments.errors import NotEligible, NotScored
from openmappa.assessments.forms import ScoreRm2000
from openmappa.assessments.queries import rm2000_rules
from openmappa.assessments.services import scored
from openmappa.cases.models import Case
from openmappa.core.instruments.rm2000.answers import Rm2000SItems
from openmappa.core.instruments.rm2000.reasons import ItemExplanation
from openmappa.core.instruments.rm2000.scale_s import Rm2000SResult, lines_so_far


@dataclass(frozen=True)
class Preview:
    """The lines so far, their points, how many answers are missing, and the result once none is."""

    lines: tuple[ItemExplanation, ...]
    points: int
    missing: int
    result: Rm2000SResult | None
    refused: str


def preview_of(case: Case, form: ScoreRm2000) -> Preview:
    """What the answers so far come to; nothing is saved, and nothing is refused yet."""
    names = tuple(Rm2000SItems.__dataclass_fields__)
    given = form.answers_so_far() if form.is_bound else {}
    answers = {name: given[name] for name in names if name in given}
    lines = lines_so_far(answers, rm2000_rules())
    missing = len(names) - len(lines)
    result, refused = None, ""
    if len(answers) == len(names):
        try:
            result = scored(case, form.items())
        except (NotScored, NotEligible) as why:
            refused = str(why)
    points = sum(line.points for line in lines if line.step == 1)
    return Preview(lines, points, missing, result, refused)
