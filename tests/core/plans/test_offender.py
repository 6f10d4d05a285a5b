"""Words of the offender's copy that may be names from what they must not see."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmappa.core.packs.load import load_plans
from openmappa.core.plans.offender import OffenderActivity, OffenderPlan, OffenderStep, names_shared, texts

NAMES = load_plans("england-wales-2005").hidden_names
DAY = date(2026, 3, 2)
COPY = OffenderPlan(
    name="Sam Testcase",
    written_by="Officer Sample",
    written_on=DAY,
    contact="Every Tuesday at the office.",
    adapted="Large print.",
    own_words="I will try.",
    agreed=True,
    steps=(OffenderStep("You go to the course.", "You", DAY, "Open"),),
    activities=(OffenderActivity("A group in Ambridge.", DAY, None),),
    review_by=None,
)


def shared(hidden: str, **changed: object) -> list[tuple[str, str]]:
    found = names_shared(replace(COPY, **changed), ["", hidden], ["Sam Testcase", "Officer Sample"], NAMES)  # type: ignore[arg-type]
    return [(one.word, one.part) for one in found]


@pytest.mark.parametrize(
    ("hidden", "own", "expected"),
    [
        ("Rosalind has an alarm.", "Keep away from Rosalind.", ["Rosalind"]),
        ("The alarm is with rosalind.", "Keep away from Rosalind.", ["Rosalind"]),
        ("She told Rosalind.", "keep away from rosalind.", ["rosalind"]),
        ("Rosalind has an alarm. Her alarm works.", "Her is not him. The course.", []),
        ("Sam hit her.", "Sam stays away.", []),
        ("The Police answer it on Tuesday.", "The Police call on Tuesday.", []),
        ("It is in Oakham Road.", "The class is in Oakham.", ["Oakham"]),
        ("Mrs O'Neill knows.", "Not with O'Neill.", ["O'Neill"]),
        ("An alarm at home.", "Alarm clocks help.", []),
        ("Al knows.", "Not with Al.", []),
    ],
)
def test_a_word_is_suspect_with_a_capital_in_both_or_inside_a_sentence_of_either(
    hidden: str, own: str, expected: list[str]
) -> None:
    assert [word for word, _ in shared(hidden, own_words=own)] == expected


def test_each_finding_names_its_part_once_and_says_what_to_do() -> None:
    (one,) = names_shared(replace(COPY, contact="With Rosalind. Rosalind!"), ["Rosalind"], [], NAMES)
    assert (one.word, one.part) == ("Rosalind", "How often we meet")
    assert one.sentence == (
        "“Rosalind” stands under “How often we meet” and also in what the offender must not see. "
        "If it is a name, write that part without it."
    )


def test_every_part_of_the_copy_is_looked_at() -> None:
    step = OffenderStep("Keep away from Rosalind.", "Rosalind House", DAY, "Open")
    found = shared("Rosalind", steps=(step,), activities=(OffenderActivity("See Rosalind.", DAY, None),))
    assert [part for _, part in found] == ["Step 1", "Step 1, who does it", "What will happen"]


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=60))
def test_without_anything_hidden_nothing_is_suspect(words: str) -> None:
    assert shared("  ", own_words=words) == []


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(["Rosalind", "Hyacinth", "O'Neill", "Zoë"]), st.sampled_from([0, 1, 2, 3, 4, 5]))
def test_a_name_inside_a_sentence_is_found_wherever_it_stands(name: str, place: int) -> None:
    said = f"They keep away from {name} for now."
    step = COPY.steps[0]
    changes: list[dict[str, object]] = [
        {"contact": said},
        {"adapted": said},
        {"own_words": said},
        {"steps": (replace(step, words=said),)},
        {"steps": (replace(step, who=said),)},
        {"activities": (OffenderActivity(said, DAY, DAY),)},
    ]
    assert [word for word, _ in shared(f"{name} is the victim.", **changes[place])] == [name]


def test_the_texts_are_all_that_is_free() -> None:
    assert [text for _, text in texts(COPY)] == [
        "Every Tuesday at the office.",
        "Large print.",
        "I will try.",
        "You go to the course.",
        "You",
        "A group in Ambridge.",
    ]
