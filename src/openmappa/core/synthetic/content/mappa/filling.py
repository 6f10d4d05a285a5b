"""Filling the slots of a text for one case on one day."""

from collections.abc import Mapping
from datetime import date

from openmappa.core.synthetic.content.mappa.standing import Standing
from openmappa.core.synthetic.content.mappa.unrepeated import Unrepeated

MALE = {"he": "he", "him": "him", "his": "his", "He": "He", "His": "His", "himself": "himself"}
FEMALE = {"he": "she", "him": "her", "his": "her", "He": "She", "His": "Her", "himself": "herself"}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
PLACES = (
    "the primary school",
    "the park behind the library",
    "the swimming baths",
    "the canal path",
    "the play area by the flats",
    "the bus station",
    "the youth club",
    "the shopping arcade",
    "the allotments",
    "the cycle track",
    "the church hall",
    "the skating rink",
    "the nursery on the corner",
    "the recreation ground",
)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WORDS = {"very_high": "very high"}


def day_in_words(day: date) -> str:
    """A day as minutes write it: 4 March."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def month_in_words(day: date) -> str:
    """The month of a day."""
    return MONTHS[day.month - 1]


def filled(text: str, state: Standing, sex: str, dealt: Unrepeated, more: Mapping[str, str] | None = None) -> str:
    """The text for this case, with `more` slots. A slot for a day that never was must not be in it."""
    if "{" not in text:
        return text
    words = FEMALE if sex == "female" else MALE
    return text.format_map(_Slots(state, {**words, **(more or {})}, dealt))


class _Slots(dict[str, str]):
    """Values of slots, worked out when a text asks for one."""

    def __init__(self, state: Standing, words: Mapping[str, str], dealt: Unrepeated) -> None:
        super().__init__(words)
        self._state = state
        self._dealt = dealt

    def __missing__(self, slot: str) -> str:
        if slot == "place":
            return self._dealt.one("place", PLACES)
        if slot == "day":
            return self._dealt.one("day", DAYS)
        if slot in ("harm", "band"):
            value = str(getattr(self._state, slot)) or "not yet assessed"
            return WORDS.get(value, value)
        day = getattr(self._state, {"visit": "seen_on"}.get(slot, f"{slot}_on"))
        return day_in_words(day)
