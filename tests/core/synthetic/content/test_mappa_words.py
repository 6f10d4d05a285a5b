"""What generated meetings of the next weeks, moves, stays and releases say: different, whole, and naming nobody."""

from openmappa.core.synthetic.content.mappa import coming_words, moving_words
from openmappa.core.synthetic.content.mappa.filling import FEMALE, MALE
from openmappa.core.synthetic.content.mappa.posts import POSTS
from openmappa.core.synthetic.vocabulary import FAMILY_BEGINNINGS

COMING = [*coming_words.WHY.values(), *coming_words.BEFOREHAND.values()]
PLACES = [*moving_words.ADDRESS, moving_words.STAY["place"]]
MOVING = [
    *moving_words.TRANSFERRED,
    *moving_words.ANSWERS.values(),
    *moving_words.STAY.values(),
    *(words for release in moving_words.RELEASES for words in (release.going_to, release.conditions, release.told)),
    *(moving_words.INVITED_HOW, moving_words.DECLINED, moving_words.FURTHER),
]


def test_each_deck_has_six_texts_or_more_for_both_levels_and_every_kind_of_agency_that_writes_beforehand() -> None:
    assert set(coming_words.WHY) == {2, 3}
    assert {"police", "probation"} < set(coming_words.BEFOREHAND) <= {"police", "probation", *POSTS}
    for deck in COMING:
        assert len(set(deck)) == len(deck) >= 6


def test_their_slots_are_pronouns_and_no_text_bears_anybodys_name() -> None:
    for text in (*(text for deck in COMING for text in deck), *MOVING):
        for pronouns in (MALE, FEMALE):
            assert not {"{", "}"} & set(text.format_map(pronouns)), text
        assert text in PLACES or not any(name in text for name in FAMILY_BEGINNINGS), text
    assert [release.in_days for release in moving_words.RELEASES] == [19, 26]
