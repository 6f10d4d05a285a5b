"""Agreement of inspectors, against the papers and against statsmodels and krippendorff."""

from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmappa.core.inspection.agreement import Level, Weights, alpha, kappa
from openmappa.core.inspection.proportions import Proportion, normal_quantile
from openmappa.core.inspection.scores import SCALE, Answer
from tests.core.inspection.library import GIVEN

FOUR = ("0", "1", "2", "3")
FIVE = ("1", "2", "3", "4", "5")
SEED = "first Tuesday"
POOR, EXCELLENT = Answer.POOR, Answer.EXCELLENT


def test_krippendorffs_own_example_gives_0_743_nominal_and_0_815_ordinal() -> None:
    """Krippendorff (2011), section C and D: four observers, twelve units, values missing."""
    inspectors = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    cases = list(zip(*inspectors, strict=True))
    nominal, ordinal = (alpha(cases, FIVE, level, seed=SEED) for level in (Level.NOMINAL, Level.ORDINAL))
    assert (round(nominal.value or 0, 3), round(ordinal.value or 0, 3)) == (0.743, 0.815)
    assert (nominal.same.n, nominal.left_out) == (11, 1)


@pytest.mark.parametrize("each", GIVEN["alphas"])
def test_alpha_is_what_the_library_krippendorff_gives(each: dict[str, object]) -> None:
    cases = [[None if answer is None else str(answer) for answer in case] for case in each["cases"]]  # type: ignore[attr-defined]
    made = alpha(cases, FOUR, Level(str(each["level"])), seed=SEED)
    assert isclose(made.value or 0, each["value"], abs_tol=1e-10)  # type: ignore[arg-type]  # a number


@pytest.mark.parametrize("each", GIVEN["kappas"])
def test_kappa_and_its_error_are_what_statsmodels_gives(each: dict[str, object]) -> None:
    pairs = [(str(one), str(other)) for one, other in each["pairs"]]  # type: ignore[attr-defined]
    made = kappa(pairs, FOUR, Weights(str(each["weights"])))
    half = normal_quantile(0.95) * float(str(each["error"]))
    value = float(str(each["value"]))
    assert made.value is not None
    assert made.interval is not None
    assert isclose(made.value, value, abs_tol=1e-10)
    assert isclose(made.interval.low, value - half, abs_tol=1e-10)
    assert isclose(made.interval.high, min(1, value + half), abs_tol=1e-10)


def test_kappa_of_two_answers_by_hand() -> None:
    """20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: 0.70 found, 0.50 by chance, so 0.40."""
    made = kappa([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15, ("n", "y"))
    assert isclose(made.value or 0, 0.4, abs_tol=1e-12)
    assert made.words == (
        "The same answer in 35 of 50 cases that were judged by two or more. "
        "Kappa with linear weights: 0.40 (0.15 to 0.65)."
    )


def test_a_step_apart_counts_less_than_three_and_with_squares_less_still() -> None:
    near = [(SCALE[at % 4], SCALE[min(3, at % 4 + (at % 5 == 0))]) for at in range(40)]
    equal, linear, quadratic = (kappa(near, SCALE, weights).value or 0 for weights in Weights)
    assert equal < linear < quadratic < 1


def test_what_only_one_of_two_judged_is_left_out_and_told() -> None:
    pairs = [(POOR, POOR), (EXCELLENT, EXCELLENT), (POOR, EXCELLENT), (POOR, Answer.NOT_APPLICABLE), (POOR, None)]
    made = kappa(pairs, SCALE)
    assert (made.same, made.left_out, made.interval) == (Proportion(2, 3), 2, None)
    assert made.words == (
        "The same answer in 2 of 3 cases that were judged by two or more. Kappa with linear weights: 0.40. With fewer "
        "than 10 cases no interval is shown: it would promise more than so few can tell. 2 more were judged by fewer "
        "than two."
    )
    by_alpha = alpha(pairs, SCALE, seed=SEED)
    assert (by_alpha.same, by_alpha.left_out, by_alpha.interval) == (Proportion(2, 3), 2, None)


def test_where_all_agree_the_number_is_1_and_no_interval_is_made_up() -> None:
    pairs = [(POOR, POOR)] * 8 + [(EXCELLENT, EXCELLENT)] * 8
    for made in (kappa(pairs, SCALE), alpha(pairs, SCALE, seed=SEED)):
        assert (made.value, made.interval) == (1, None)
        assert made.words.endswith(": 1.00. All agree, and from that alone no interval follows.")


def test_where_one_answer_only_was_given_there_is_no_number() -> None:
    pairs = [(POOR, POOR)] * 20
    for made in (kappa(pairs, SCALE), alpha(pairs, SCALE, seed=SEED)):
        assert (made.value, made.interval) == (None, None)
        assert made.words.endswith("Only one answer was ever given, so agreement cannot be told from chance.")


@pytest.mark.parametrize("turned", [False, True])
def test_where_one_inspector_gave_one_answer_only_kappa_says_nothing(turned: bool) -> None:
    pairs = [(POOR, EXCELLENT), (POOR, POOR)] * 8
    made = kappa([(other, one) for one, other in pairs] if turned else pairs, SCALE)
    assert (made.value, made.reason) == (
        None,
        "One inspector gave one answer only, and then kappa is 0 whatever the other gave.",
    )


def test_where_no_case_was_judged_twice_nothing_is_said() -> None:
    for made in (kappa([(POOR, None)], SCALE), alpha([(POOR, None), ()], SCALE, seed=SEED)):
        assert made.value is None
        assert "No case was judged by two, so nothing can be said of agreement." in made.words


def test_a_scale_of_one_answer_or_with_one_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="two answers or more, each once"):
        kappa([], ("a",))
    with pytest.raises(ValueError, match="two answers or more, each once"):
        alpha([], ("a", "b", "a"), seed=SEED)


def test_the_interval_of_alpha_is_the_same_for_the_same_seed_for_ever_and_near_that_of_kappa() -> None:
    pairs = [(SCALE[at % 4], SCALE[(at + (at % 3 == 0)) % 4]) for at in range(60)]
    made, again, other = (alpha(pairs, SCALE, Level.NOMINAL, seed=seed) for seed in (SEED, SEED, "sun"))
    assert made == again
    assert made.interval is not None
    assert (f"{made.interval.low:.6f}", f"{made.interval.high:.6f}") == ("0.386012", "0.709156")
    assert other.value == made.value
    assert other.interval != made.interval
    by_kappa = kappa(pairs, SCALE, Weights.EQUAL).interval
    assert by_kappa is not None
    assert abs(by_kappa.low - made.interval.low) < 0.05
    assert abs(by_kappa.high - made.interval.high) < 0.05


def test_cases_that_drawn_again_hold_one_answer_only_take_no_part_in_the_interval() -> None:
    made = alpha([("a", "a")] * 9 + [("a", "b")], ("a", "b"), Level.NOMINAL, seed=SEED)
    assert made.value is not None
    assert made.interval is not None
    assert made.interval.low <= made.value <= made.interval.high + 1e-9 <= 1 + 1e-9


@given(st.lists(st.tuples(st.sampled_from(FOUR), st.sampled_from(FOUR)), min_size=1, max_size=9))
@settings(max_examples=40, deadline=None)
def test_turning_inspectors_round_or_the_scale_over_changes_nothing(pairs: list[tuple[str, str]]) -> None:
    turned = [(other, one) for one, other in pairs]
    for weights in Weights:
        made = kappa(pairs, FOUR, weights).value
        for same in (kappa(turned, FOUR, weights).value, kappa(pairs, FOUR[::-1], weights).value):
            assert (made is None) == (same is None)
            assert isclose(made or 0, same or 0, abs_tol=1e-9)
    for level in Level:
        made = alpha(pairs, FOUR, level, seed=SEED).value
        for same in (alpha(turned, FOUR, level, seed=SEED).value, alpha(pairs, FOUR[::-1], level, seed=SEED).value):
            assert (made is None) == (same is None)
            assert isclose(made or 0, same or 0, abs_tol=1e-9)
            assert made is None or made <= 1


def test_answers_of_one_case_are_drawn_again_together_so_that_the_interval_is_as_wide_as_few_cases_make_it() -> None:
    by_case = [(SCALE[at % 4], SCALE[at % 4] if at % 3 else SCALE[(at + 1) % 4]) for at in range(12)]
    pairs, owners = [pair for pair in by_case for _ in range(10)], [str(at) for at in range(12) for _ in range(10)]
    apart = alpha(pairs, SCALE, seed=SEED)
    together = alpha(pairs, SCALE, seed=SEED, belongs_to=owners, counted="answers to questions")
    assert together.value == apart.value
    assert apart.interval is not None
    assert together.interval is not None
    width = [each.high - each.low for each in (apart.interval, together.interval)]
    assert width[1] > 2 * width[0]
    assert together.words.startswith(
        "The same answer in 80 of 120 answers to questions that were judged by two or more."
    )
    few = alpha(pairs[:90], SCALE, seed=SEED, belongs_to=owners[:90])
    assert few.interval is None
    assert few.reason.startswith("With fewer than 10 cases")
