"""What an RM2000 that is being filled in comes to so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openmappa.assessments.errors import NotEligible, NotScored
from openmappa.assessments.forms import ScoreRm2000
from openmappa.assessments.queries import S_ITEMS, V_ITEMS, Rm2000, rm2000_rules, titles
from openmappa.assessments.services import scored
from openmappa.cases.models import Case
from openmappa.core.instruments.rm2000.answers import Rm2000SItems, Rm2000VItems
from openmappa.core.instruments.rm2000.comparison import Difference, differences
from openmappa.core.instruments.rm2000.reasons import ItemExplanation
from openmappa.core.instruments.rm2000.scale_s import lines_so_far
from openmappa.core.instruments.rm2000.scale_v import v_lines_so_far
from openmappa.core.instruments.rm2000.whole import Rm2000Result


@dataclass(frozen=True)
class Scale:
    """The lines of one scale so far, their points, and how many answers are missing."""

    lines: tuple[ItemExplanation, ...]
    points: int
    missing: int


@dataclass(frozen=True)
class Preview:
    """Both scales so far, and the result once scale S is answered.

    ``changes`` is what differs from the RM2000 ``before`` (None: there is none), once there is a result.
    """

    s: Scale
    v: Scale
    result: Rm2000Result | None
    refused: str
    before: Rm2000 | None
    changes: Sequence[Difference]


def preview_of(case: Case, form: ScoreRm2000, before: Rm2000 | None, today: date) -> Preview:
    """What the answers so far come to; nothing is saved, and nothing is refused yet."""
    answers = form.answers_so_far()
    s_lines = lines_so_far(answers, rm2000_rules().s)
    v_lines = v_lines_so_far(answers, rm2000_rules().v) if any(name in answers for name in V_ITEMS) else ()
    result, refused = None, ""
    if all(name in answers for name in S_ITEMS):
        on = answers.get("on")
        try:
            result = scored(case, on if isinstance(on, date) else today, *_items(answers))
        except (NotScored, NotEligible) as why:
            refused = str(why)
    was = before.result if before else None
    return Preview(
        Scale(s_lines, sum(line.points for line in s_lines if line.step == 1), len(S_ITEMS) - len(s_lines)),
        Scale(v_lines, sum(line.points for line in v_lines), len(V_ITEMS) + 1 - len(v_lines)),
        result,
        refused,
        before,
        differences(was.scoring, result.scoring, titles()) if was and result else (),
    )


def _items(answers: dict[str, object]) -> tuple[Rm2000SItems, Rm2000VItems | None]:
    """The answers as the instrument takes them; it refuses what is no number or no yes or no."""
    s = Rm2000SItems(**{name: answers[name] for name in S_ITEMS})  # type: ignore[arg-type]
    if not all(name in answers for name in V_ITEMS):
        return s, None
    return s, Rm2000VItems(s.age_at_risk, *(answers[name] for name in V_ITEMS))  # type: ignore[arg-type]
