"""Making the list of cases, drawing from it, replacing a case, naming joint work.

Whoever calls has asked for the permission, and logs. What the core refuses comes out as ``NotDrawn``.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from openmappa.accounts.models import User
from openmappa.core.inspection import sample as core
from openmappa.core.inspection.frame import SampleRefused
from openmappa.core.inspection.sample import Rules
from openmappa.core.inspection.stored import groups_to_json, rules_to_json
from openmappa.core.inspection.traits import Strata, Whom
from openmappa.core.packs.load import IN_SERVICE, load_mappa_meetings, load_oasys
from openmappa.core.packs.oasys_rules import AtRisk
from openmappa.samples.errors import NotDrawn
from openmappa.samples.models import (
    CaseList,
    DrawnSample,
    Exercise,
    Ground,
    JointWork,
    Replacement,
    SampledCase,
)
from openmappa.samples.queries import frame_of, last_list, sample_of
from openmappa.samples.services.opening import open_cases

LIST = "SELECT samples_list(%s, %s, %s, %s)"
DRAWN_ALREADY = "The sample is drawn. The list cannot be made again, nor the sample drawn again."


def list_cases(
    *, by: User, exercise: Exercise, whom: Whom, strata: Strata = Strata.AREA, at: datetime | None = None
) -> CaseList:
    """List every case of the exercise's areas on its day, as known then; the last list that was made counts.

    ``at`` is when it was made, of one that is entered later; now where it is left out.

    Raises NotDrawn where there is no case, or the sample is drawn.
    """
    with transaction.atomic():
        _refuse_drawn(exercise)
        made = CaseList.objects.create(
            exercise=exercise, whom=whom, strata=strata, made_by=by, made_at=at or timezone.now()
        )
        with connection.cursor() as cursor:
            cursor.execute(LIST, [made.pk, *_of_children()])
            (made.size,) = cursor.fetchone() or (0,)
        if not made.size:
            raise NotDrawn({"whom": "No such case is on the record of that day. Choose others, or another day or area"})
        made.digest = frame_of(made).digest
        made.save(update_fields=["size", "digest"])
        return made


def draw_cases(
    *, by: User, exercise: Exercise, seed: str, seed_from: str, rules: Rules, at: datetime | None = None
) -> DrawnSample:
    """Draw the sample from the last list, and open it to everybody who works on the exercise. Raises NotDrawn.

    ``at`` is when it was drawn, of one that is entered later; now where it is left out.
    """
    problems = {}
    if not seed.strip():
        problems["seed"] = "Enter the seed"
    if not seed_from.strip():
        problems["seed_from"] = "Say where the seed is from, and when it was said"
    if problems:
        raise NotDrawn(problems)
    with transaction.atomic():
        _refuse_drawn(exercise)
        case_list = last_list(exercise)
        if case_list is None:
            raise NotDrawn({"": "There is no list to draw from. Make it first."})
        try:
            made = core.draw(frame_of(case_list), seed=seed.strip(), rules=rules)
        except SampleRefused as refused:
            raise NotDrawn({"size": str(refused)}) from refused
        drawn = DrawnSample.objects.create(
            exercise=exercise,
            case_list=case_list,
            seed=seed.strip(),
            seed_from=seed_from.strip(),
            rules=rules_to_json(rules),
            groups=groups_to_json(made.groups),
            drawn_by=by,
            drawn_at=at or timezone.now(),
        )
        open_cases(by=by, drawn=drawn)
        return drawn


def replace_sampled(*, by: User, drawn: DrawnSample, key: str, ground: Ground, words: str = "") -> Replacement:
    """Replace one case by the next reserve of its group, and say why. Raises NotDrawn.

    ``words`` stand with the case, and go when it does. They are asked for where no ground says enough.
    """
    if ground is Ground.OTHER and not words.strip():
        raise NotDrawn({"words": "Say why the case is replaced: whoever checks the sample has to be able to judge it"})
    with transaction.atomic():
        row = _locked(drawn)
        try:
            sample = core.replace_case(frame_of(row.case_list), sample_of(row), out=key, reason=ground.label)
        except SampleRefused as refused:
            raise NotDrawn({"": str(refused)}) from refused
        told = SampledCase.objects.filter(sample=row, key=key).update(left_words=words.strip())
        if words.strip() and not told:
            raise NotDrawn({"words": "You cannot open this case, so nothing about it can be kept. Leave this empty"})
        JointWork.objects.filter(sample=row, key=key).delete()
        last = sample.replacements[-1]
        made = Replacement.objects.create(
            sample=row, out_key=last.out, into_key=last.into, ground=ground, replaced_by=by, replaced_at=timezone.now()
        )
        open_cases(by=by, drawn=row)
        return made


def name_as_joint_work(*, by: User, drawn: DrawnSample, stratum: str, keys: Sequence[str]) -> list[JointWork]:
    """Name cases of one stratum as joint work, instead of those that were named before. Raises NotDrawn.

    Gives back those that were not named before.
    """
    with transaction.atomic():
        row = _locked(drawn)
        try:
            core.name_joint_work(sample_of(row), stratum=stratum, keys=keys)
        except SampleRefused as refused:
            raise NotDrawn({"keys": str(refused)}) from refused
        now = timezone.now()
        JointWork.objects.filter(sample=row, stratum=stratum).exclude(key__in=keys).delete()
        there = set(JointWork.objects.filter(sample=row, stratum=stratum).values_list("key", flat=True))
        new = [key for key in dict.fromkeys(keys) if key not in there]
        return JointWork.objects.bulk_create(
            [JointWork(sample=row, key=key, stratum=stratum, named_by=by, named_at=now) for key in new]
        )


def _locked(drawn: DrawnSample) -> DrawnSample:
    """The sample of an exercise that is locked until the transaction ends, so that one change comes after the other."""
    if not Exercise.objects.select_for_update(of=("self",)).get(pk=drawn.exercise_id).is_open:
        raise NotDrawn({"": "This has ended. Its sample cannot be changed any more."})
    return DrawnSample.objects.select_related("exercise", "case_list").get(pk=drawn.pk)


def _refuse_drawn(exercise: Exercise) -> None:
    row = Exercise.objects.select_for_update(of=("self",)).get(pk=exercise.pk)
    if not row.is_open:
        raise NotDrawn({"": "This has ended. Nothing of it can be changed any more."})
    if DrawnSample.objects.filter(exercise=row).exists():
        raise NotDrawn({"": DRAWN_ALREADY})


def _of_children() -> tuple[list[str], list[str], list[str]]:
    """What of an OASys says that there is a risk to a child: levels by their items, and answers (9.11)."""
    rules, oasys = load_mappa_meetings(IN_SERVICE[0]), load_oasys(IN_SERVICE[0])
    items = [item for section in oasys.sections for item in section.items if item.at_risk is AtRisk.CHILDREN]
    levels = [level.value for level in rules.children.levels]
    return [item.name for item in items], levels, list(rules.children.answers)
