"""Copying forward: every answer stands again, and every one is to be confirmed."""

from hypothesis import given, settings

from openmappa.core.instruments.oasys.answering import standing
from openmappa.core.instruments.oasys.comparing import differences
from openmappa.core.instruments.oasys.copying import copied_forward, unconfirmed_after
from openmappa.core.instruments.oasys.missing import missing
from openmappa.core.packs.oasys_rules import Answer
from tests.core.instruments.oasys.answers import RULES, Whole, complete, whole, wholes

HOME = RULES.section("accommodation")


@settings(max_examples=20)
@given(wholes("accommodation", "drug-misuse", "harm-levels"))
def test_what_counted_is_copied_and_nothing_of_it_is_confirmed(answers: Whole) -> None:
    copied = copied_forward(RULES, answers)
    assert differences(RULES, answers, copied.answers) == ()
    for section in RULES.sections:
        names = {item.name for item in section.items} & standing(section, answers.get(section.slug, {})).keys()
        assert copied.unconfirmed.get(section.slug, frozenset()) == names


def test_a_whole_oasys_copied_lacks_exactly_its_confirmations() -> None:
    copied = copied_forward(RULES, whole())
    lacking = missing(RULES, copied.answers, copied.unconfirmed)
    assert {line.sentence.rpartition(": ")[2] for line in lacking} == {"it was copied; confirm it or change it."}
    assert len(lacking) == sum(len(names) for names in copied.unconfirmed.values())


def test_what_the_pack_does_not_know_or_take_is_left_out() -> None:
    old: Whole = {"accommodation": {"item_3_3": 1, "item_3_4": 1, "gone": 2}, "no-such-section": {"a": 1}}
    assert copied_forward(RULES, old).answers == {"accommodation": {"item_3_4": 1}}


def test_an_item_is_confirmed_by_saying_so_or_by_changing_it() -> None:
    before: dict[str, Answer] = {**complete(HOME), "item_3_4": 1, "item_3_4_evidence": "Damp."}
    after: dict[str, Answer] = {**before, "item_3_5": 2, "item_3_4_evidence": "Damp still."}
    copied = frozenset({"item_3_3", "item_3_4", "item_3_5", "item_3_6"})
    assert unconfirmed_after(HOME, copied, before, after, {"item_3_3"}) == {"item_3_6"}
    assert unconfirmed_after(HOME, copied, before, before, frozenset()) == copied
    assert unconfirmed_after(HOME, frozenset(), before, before, frozenset()) == frozenset()
