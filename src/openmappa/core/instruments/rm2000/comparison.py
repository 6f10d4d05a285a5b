"""An RM2000 beside the one before it: which answers differ, and which categories moved."""

from collections.abc import Mapping
from dataclasses import dataclass

from openmappa.core.bands import LikelihoodBand

TITLES: Mapping[str, str] = {"s": "Scale S", "v": "Scale V", "c": "Scale C"}


@dataclass(frozen=True, slots=True)
class Scoring:
    """Answers by item, with the points of each, and the category of each scale. What was not scored is absent."""

    answers: Mapping[str, int | bool]
    points: Mapping[str, int]
    bands: Mapping[str, LikelihoodBand]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: `name` of an item or a scale, and what it was and is in words. "" is not scored.

    `moved` says by how many points, or by how many categories, it went up (or down, below 0); None where one of the
    two is missing.
    """

    name: str
    title: str
    was: str
    now: str
    moved: int | None


def differences(before: Scoring, after: Scoring, titles: Mapping[str, str]) -> tuple[Difference, ...]:
    """What differs between two scorings: first the items in the order of `titles`, then the scales S, V and C.

    An item differs when its answer does, even if both answers score the same. Nothing that is the same is listed.
    """
    items = [
        Difference(
            name,
            title,
            _words(before.answers.get(name)),
            _words(after.answers.get(name)),
            _moved(before.points.get(name), after.points.get(name)),
        )
        for name, title in titles.items()
        if before.answers.get(name) != after.answers.get(name)
    ]
    scales = [
        _scale(name, before.bands.get(name), after.bands.get(name))
        for name in TITLES
        if before.bands.get(name) != after.bands.get(name)
    ]
    return (*items, *scales)


def _scale(name: str, was: LikelihoodBand | None, now: LikelihoodBand | None) -> Difference:
    return Difference(
        name,
        TITLES[name],
        was.label.lower() if was else "",
        now.label.lower() if now else "",
        _moved(was.place if was else None, now.place if now else None),
    )


def _words(answer: int | bool | None) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return "" if answer is None else f"{answer}"


def _moved(was: int | None, now: int | None) -> int | None:
    return None if was is None or now is None else now - was
