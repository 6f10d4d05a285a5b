"""The MAPPA category, worked out from registration, sentence and offence, and explained (7.1).

Each of the three is looked at in turn and says why it holds or not, so that nobody is left out silently. A person
confirms what was worked out, or says otherwise with a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openmappa.core.packs.mappa_referral_rules import MappaReferralRules
from openmappa.core.sources import Source
from openmappa.core.standards.facts import Fact
from openmappa.core.standards.state import State, state
from openmappa.core.standards.words import in_full, order_label


@dataclass(frozen=True, slots=True)
class Answers:
    """What the record has no fact for, as somebody answered it: the offence and the sentence that matter most.

    ``offence`` is one of the pack's ("" not answered); ``sentence_months`` of custody, 0 for none, None not answered.
    """

    offence: str = ""
    sentence_months: int | None = None
    hospital_order: bool | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """One category: whether it holds (None: it cannot be told), why, by which fact, and where the rule stands."""

    category: int
    holds: bool | None
    because: str
    fact: Fact | None
    source: Source


@dataclass(frozen=True, slots=True)
class Finding:
    """What was worked out. ``category`` is None where it cannot be told or nothing puts the person into one.

    ``for_a_person``: category 3 holds only where somebody finds that the person may cause serious harm and that
    agencies have to meet. ``asks`` names what has to be answered first; ``doubts`` are sentences.
    """

    category: int | None
    looked: tuple[Looked, ...]
    for_a_person: bool
    asks: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """How it was worked out, in sentences."""
        verdicts = {True: "yes", False: "no", None: "cannot be told yet"}
        return " ".join(f"Category {one.category}: {verdicts[one.holds]}. {one.because}" for one in self.looked)


def work_out(facts: Sequence[Fact], answers: Answers, rules: MappaReferralRules, today: date) -> Finding:
    """The category that these facts and answers give on a day.

    Somebody registered is in category 1 whatever else holds; category 2 comes before 3: a case is in one category.
    """
    now = state(facts, today)
    first = _first(now, rules)
    second, asks = _second(now, answers, rules) if not first.holds else (_not_needed(2, rules), ())
    third = _third(facts, now, second, rules) if not first.holds else _not_needed(3, rules)
    looked = (first, second, third)
    category = next((one.category for one in looked if one.holds), None)
    return Finding(category, looked, category == 3, asks, tuple(_doubts(now, category, today)))


def _first(now: State, rules: MappaReferralRules) -> Looked:
    fact, source = now.since.get("registered"), rules.categories[0].source
    if fact is None:
        return Looked(1, False, "No registration is on the record.", None, source)
    if now.registered:
        return Looked(1, True, f"Registered as a sex offender since {in_full(fact.on)}.", fact, source)
    return Looked(1, False, f"Registration ended on {in_full(fact.on)}.", fact, source)


def _second(now: State, answers: Answers, rules: MappaReferralRules) -> tuple[Looked, tuple[str, ...]]:
    """Category 2, and what has to be answered before it can be told."""
    offence = next((one for one in rules.offences if one.id == answers.offence), None)
    fact, source = now.since.get("in_custody") if now.in_custody else now.since.get("supervised"), rules.category.source
    if offence is not None and not offence.category_2:
        return Looked(2, False, "The offence is neither a sexual nor a violent one.", fact, source), ()
    if answers.hospital_order and offence is not None:
        return Looked(2, True, f"A hospital order was made for {_lower(offence.label)}.", fact, source), ()
    serves = now.in_custody or now.order in rules.category.after_custody
    if not serves:
        return Looked(2, False, _not_serving(now, fact), fact, source), ()
    months = answers.sentence_months
    if months is not None and months < rules.category.custody_months:
        least = rules.category.custody_months
        said = f"The sentence of custody is {months} months, and category 2 begins at {least}."
        return Looked(2, False, said if months else "There is no sentence of custody.", fact, source), ()
    if offence is None or months is None:
        return Looked(2, None, "The record does not hold the offence and the length of the sentence.", fact, source), (
            *(("offence",) if offence is None else ()),
            *(("sentence_months",) if months is None else ()),
        )
    where = "In custody" if now.in_custody else f"On {_lower(order_label(str(now.order)))}"
    since = f" since {in_full(fact.on)}" if fact else ""
    said = f"{where}{since}, after a sentence of {months} months for {_lower(offence.label)}."
    return Looked(2, True, said, fact, source), ()


def _not_serving(now: State, fact: Fact | None) -> str:
    if now.supervised and now.order:
        return f"{order_label(now.order)}: no custody or licence now, so the sentence does not count."
    if fact is not None:
        return f"Supervision ended on {in_full(fact.on)}."
    return "Neither custody nor licence is on the record."


def _third(facts: Sequence[Fact], now: State, second: Looked, rules: MappaReferralRules) -> Looked:
    source = rules.categories[2].source
    if second.holds:
        return _not_needed(3, rules)
    if second.holds is None:
        return Looked(3, None, "It is looked at only where category 2 does not hold.", None, source)
    ended = [now.since[name] for name in ("registered", "supervised") if name in now.since]
    fact = max(ended, key=lambda one: one.on, default=None)
    if fact is None and not facts:
        return Looked(3, False, "Nothing is on the record: no registration, no order, no custody.", None, source)
    said = (
        "Only where a person finds that a past offence shows that serious harm may follow, and that agencies have to "
        "meet: category 3 is for Level 2 or Level 3."
    )
    return Looked(3, True, said, fact, source)


def _not_needed(category: int, rules: MappaReferralRules) -> Looked:
    source = rules.categories[category - 1].source
    return Looked(category, False, "A case is in one category, and an earlier one holds.", None, source)


def _doubts(now: State, category: int | None, today: date) -> list[str]:
    found = []
    if now.registered and now.registration_ends is not None and now.registration_ends < today:
        last = in_full(now.registration_ends)
        found.append(
            f"The last day of registration, {last}, has passed, and no end is recorded. Check it, and record it."
        )
    if now.supervised and now.order_ends is not None and now.order_ends < today:
        last = in_full(now.order_ends)
        found.append(f"The order or licence was to end on {last}, and no end is recorded. Check it, and record it.")
    if now.order == "suspended_sentence":
        found.append(
            "Whether a suspended sentence counts as custody for category 2 is not said in 7.1. Ask the coordinator."
        )
    if now.mappa_category is not None and category is not None and now.mappa_category != category:
        found.append(f"The record says category {now.mappa_category}. Confirm which is right.")
    if now.closed:
        found.append("The case is closed.")
    return found


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"
