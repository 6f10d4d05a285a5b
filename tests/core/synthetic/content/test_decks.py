"""Answers for content are dealt in small decks, so that even few assessments follow the shares."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from openmappa.core.synthetic.content.decks import Decks
from tests.core.synthetic.samples import SHAPE

FIGURES = SHAPE.figures
RANKS = FIGURES["rm2000_rank"]


@given(count=st.integers(40, 600), seed=st.text(max_size=3))
def test_forty_answers_or_more_miss_no_share_by_more_than_a_deck(count: int, seed: str) -> None:
    decks = Decks(seed, FIGURES)
    dealt = Counter(decks.answer("rm2000_rank") for _ in range(count))
    assert all(abs(dealt[answer] - share * count) <= 6 for answer, share in RANKS.shares)


def test_the_same_seed_deals_the_same_and_figures_do_not_disturb_each_other() -> None:
    one, other = Decks("a", FIGURES), Decks("a", FIGURES)
    alone = [one.answer("rm2000_rank") for _ in range(50)]
    mixed = [(other.answer("rm2000_rank"), other.yes("rm2000_done"))[0] for _ in range(50)]
    assert alone == mixed
    assert alone != [Decks("b", FIGURES).answer("rm2000_rank") for _ in range(50)]
