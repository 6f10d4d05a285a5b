"""Levels: what goes with what, and what a decision has to rest on (7.1)."""

import pytest

from openmappa.core.mappa.levels import Standing, Step, in_words, objections, starts_meetings, step


@pytest.mark.parametrize(
    ("before", "level", "category", "expected"),
    [
        (Standing(None, None), 1, 1, Step.FIRST),
        (Standing(1, 1), 2, 1, Step.RAISED),
        (Standing(3, 1), 2, 1, Step.LOWERED),
        (Standing(2, 1), 2, 1, Step.KEPT),
        (Standing(2, 1), 2, 3, Step.OTHER_CATEGORY),
    ],
)
def test_what_a_decision_does_to_what_stood(before: Standing, level: int, category: int, expected: Step) -> None:
    assert step(before, level, category) is expected


def test_a_level_needs_a_meeting_or_the_coordinator_and_reasons() -> None:
    assert objections(2, 1, "He moved.", by_meeting=True, by_coordinator=False) == ()
    assert objections(2, 1, "He moved.", by_meeting=False, by_coordinator=True) == ()
    assert [one[:20] for one in objections(2, 1, " ", by_meeting=False, by_coordinator=False)] == [
        "A MAPPA level change",
        "Give the reasons for",
    ]


@pytest.mark.parametrize(("level", "refused"), [(1, True), (2, False), (3, False)])
def test_category_3_is_for_level_2_or_3_only(level: int, refused: bool) -> None:
    assert bool(objections(level, 3, "Why", by_meeting=True, by_coordinator=False)) is refused


@pytest.mark.parametrize(
    ("stood", "level", "expected"), [(None, 1, False), (None, 2, True), (None, 3, True), (1, 2, False)]
)
def test_only_a_first_level_2_or_3_starts_meetings(stood: int | None, level: int, expected: bool) -> None:
    assert starts_meetings(Standing(stood, 1), level) is expected


def test_level_and_category_in_words() -> None:
    assert [in_words(None, None), in_words(2, 1), in_words(2, None)] == ["no level", "Category 1, Level 2", "Level 2"]
