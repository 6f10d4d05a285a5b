"""The objectives of a case's supervision plan, from the first plan through its reviews."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from openmappa.core.synthetic.content.plan_words import AIMS, KEPT, PROGRESS, THIN_PROGRESS, VAGUE_MEASURE
from openmappa.core.synthetic.content.planned import ACHIEVED, DROPPED, OPEN, PARTLY, GroundText, ObjectiveText
from openmappa.core.synthetic.content.scores import weighted
from openmappa.core.synthetic.dealing import Dice

REVIEWED = [(OPEN, 0.5), (ACHIEVED, 0.3), (PARTLY, 0.12), (DROPPED, 0.08)]
"""What becomes of an open objective by the next review."""


@dataclass(frozen=True, slots=True)
class Objectives:
    """How the objectives of one plan are written: `smart` or vague, answering the `whole` of the grounds or half."""

    dice: Dice
    smart: bool
    whole: bool

    def first(self, day: date, latest: date, grounds: tuple[GroundText, ...]) -> tuple[ObjectiveText, ...]:
        """The objectives of a first plan."""
        must = [ground for ground in grounds if ground.must]
        answered = must if self.whole else must[: len(must) // 2]
        return tuple(self._aims(1, day, latest, answered)) or (self._aim(1, day, latest, "harm", ()),)

    def reviewed(
        self, day: date, latest: date, before: tuple[ObjectiveText, ...], grounds: tuple[GroundText, ...], careful: bool
    ) -> tuple[ObjectiveText, ...]:
        """The objectives of a review: each that was open looked at, and one more where a ground has none."""
        kept = [self._moved(each, day, latest, careful) for each in before if each.state == OPEN]
        known = {code for each in before for code in each.grounds}
        new = [ground for ground in grounds if ground.must and ground.code not in known][:1]
        number = max(each.number for each in before) + 1
        found = (*kept, *self._aims(number, day, latest, new))
        return found or (self._aim(number, day, latest, "harm", ()),)

    def _moved(self, objective: ObjectiveText, day: date, latest: date, careful: bool) -> ObjectiveText:
        state = weighted(REVIEWED, self.dice)
        going = self.dice.one_of(PROGRESS[state]) if careful else THIN_PROGRESS
        if state == OPEN:
            later = min(latest, day + timedelta(weeks=12))
            return replace(objective, due_on=max(objective.due_on, later), going=going)
        return replace(objective, state=state, state_on=day, evidence=going, going=going)

    def _aims(self, number: int, day: date, latest: date, grounds: list[GroundText]) -> list[ObjectiveText]:
        by_aim: dict[str, list[str]] = {}
        for ground in grounds:
            slug = ground.code.partition(":")[2]
            by_aim.setdefault(slug if ground.kind == "need" else "harm", []).append(ground.code)
        return [
            self._aim(number + place, day, latest, aim, tuple(codes))
            for place, (aim, codes) in enumerate(by_aim.items())
        ]

    def _aim(self, number: int, day: date, latest: date, name: str, codes: tuple[str, ...]) -> ObjectiveText:
        aim = AIMS[name]
        due = max(day, min(latest, day + timedelta(weeks=self.dice.between(6, 15))))
        return ObjectiveText(
            number=number,
            grounds=codes,
            what=aim.what if self.smart else aim.vague,
            measure=aim.measure if self.smart else VAGUE_MEASURE,
            owner=aim.owner,
            plain=aim.plain,
            insist="" if self.smart else KEPT,
            due_on=due,
        )
