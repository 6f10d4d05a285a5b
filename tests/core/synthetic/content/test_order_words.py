"""What generated civil orders and a recall say: lines that can be read at a door, whole sentences, nobody's name."""

from openmappa.core.synthetic.content.mappa import order_words
from openmappa.core.synthetic.content.mappa.filling import FEMALE, MALE
from openmappa.core.synthetic.vocabulary import FAMILY_BEGINNINGS

LINES = [*order_words.LINES, *order_words.LINES_ENDING]
SENTENCES = [order_words.REASONS, order_words.BREACH, order_words.APPLIED, order_words.RECALLED]


def test_a_line_of_an_order_is_one_short_prohibition() -> None:
    assert len(set(LINES)) == len(LINES) == 5
    for line in LINES:
        assert line.startswith("Not to "), line
        assert (line.count("."), line[-1], "\n" in line) == (1, ".", False), line
        assert len(line) <= 90, line


def test_slots_are_pronouns_and_no_text_bears_anybodys_name() -> None:
    for text in (*LINES, *SENTENCES):
        for pronouns in (MALE, FEMALE):
            assert not {"{", "}"} & set(text.format_map(pronouns)), text
        assert not any(name in text for name in FAMILY_BEGINNINGS), text


def test_the_court_is_obviously_invented() -> None:
    assert order_words.COURT.startswith("Invent")
