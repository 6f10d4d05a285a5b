"""Points as you go: what some of the answers score before all are given."""

from openmappa.core.instruments.rm2000.scale_s import lines_so_far
from openmappa.core.packs.load import load_rm2000

RULES = load_rm2000("england-wales-2005").s


def test_nothing_answered_scores_nothing() -> None:
    assert lines_so_far({}, RULES) == ()


def test_age_24_alone_shows_its_2_points() -> None:
    lines = lines_so_far({"age_at_risk": 24, "single": None}, RULES)
    assert [(line.item, line.points) for line in lines] == [("age_at_risk", 2)]


def test_an_age_of_17_is_left_out_until_it_is_mended() -> None:
    assert lines_so_far({"age_at_risk": 17}, RULES) == ()


def test_a_yes_is_no_number_and_a_number_no_yes() -> None:
    assert lines_so_far({"age_at_risk": True, "male_victim": 1}, RULES) == ()


def test_items_and_factors_stand_in_the_order_they_are_asked() -> None:
    answers = {"non_contact": False, "male_victim": True, "criminal_appearances": 5, "sexual_appearances": 2}
    lines = lines_so_far(answers, RULES)
    assert [(line.item, line.points) for line in lines] == [
        ("sexual_appearances", 1),
        ("criminal_appearances", 1),
        ("male_victim", 1),
        ("non_contact", 0),
    ]
