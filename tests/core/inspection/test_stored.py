"""A draw is stored as JSON and comes back the same; the traits of a list say which questions a case is asked."""

import json
from datetime import date

import pytest

from openmappa.core.inspection.frame import Frame, FrameCase
from openmappa.core.inspection.framework import CaseKind
from openmappa.core.inspection.sample import Draw, Minimum, Rules, draw, is_true
from openmappa.core.inspection.stored import draw_from_json, groups_to_json, rules_from_json, rules_to_json
from openmappa.core.inspection.traits import REPRESENTED, Strata, Trait, Whom, kind_of, value_label

ON = date(2004, 9, 1)
FRAME = Frame(
    ON,
    tuple(
        FrameCase(f"{number:03}", "north" if number % 3 else "south", {"sex": "female" if number % 7 == 0 else "male"})
        for number in range(60)
    ),
)
RULES = Rules(20, at_least=5, represent=("sex",), minima=(Minimum("sex", "female", 2),), joint_work_at_most=4)


def stored_and_read(made: Draw) -> Draw:
    rules = json.loads(json.dumps(rules_to_json(made.rules)))
    groups = json.loads(json.dumps(groups_to_json(made.groups)))
    return draw_from_json(
        seed=made.seed, rules=rules, frame_on=made.frame_on, frame_digest=made.frame_digest, groups=groups
    )


def test_a_draw_that_was_stored_is_the_draw_and_can_be_drawn_again() -> None:
    made = draw(FRAME, seed="rain on Tuesday", rules=RULES)
    again = stored_and_read(made)
    assert again == made
    assert is_true(FRAME, again)
    assert len(again.groups) == 4


def test_rules_that_lack_something_are_not_guessed() -> None:
    stored = rules_to_json(RULES)
    assert rules_from_json(stored) == RULES
    del stored["represent"]
    with pytest.raises(KeyError, match="represent"):
        rules_from_json(stored)


def test_traits_say_what_kind_of_case_it_is() -> None:
    none = dict.fromkeys(Trait, "no")
    assert kind_of(none) == CaseKind(False, False, False, False)
    for place, trait in enumerate((Trait.LICENCE, Trait.HIGH_HARM, Trait.HIGH_HARM_AT_START, Trait.CHILD_PROTECTION)):
        kind = kind_of(none | {trait: "yes"})
        answers = (kind.on_licence, kind.high_harm, kind.high_harm_at_start, kind.child_protection)
        assert [at for at, answer in enumerate(answers) if answer] == [place]


def test_everything_of_a_list_has_words() -> None:
    assert [trait.label for trait in REPRESENTED] == ["In MAPPA", "Ethnicity", "Sex"]
    assert [each.label for each in Strata] == ["Area", "MAPPA level"]
    assert "3.4" in Whom.SUPERVISED.label
    assert len({each.label for each in [*Trait, *Whom]}) == len(Trait) + len(Whom)
    said = {value_label("level", "2"), value_label("level", "none"), value_label("ethnicity", "white_british")}
    assert said == {"Level 2", "None", "White British"}
    assert value_label("ethnicity", "white_and_black_caribbean") == "White and Black Caribbean"
