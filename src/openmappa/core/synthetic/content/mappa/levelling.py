"""The decisions behind the levels of a generated case, and the referral that a first higher level followed from."""

from datetime import date, timedelta

from openmappa.core.standards.facts import Fact
from openmappa.core.synthetic.content.known import Known
from openmappa.core.synthetic.content.mappa.filling import filled
from openmappa.core.synthetic.content.mappa.held import LevelText, ReferralText
from openmappa.core.synthetic.content.mappa.referral_words import LEVELS, REFERRED, VIEWS
from openmappa.core.synthetic.content.mappa.standing import Standing
from openmappa.core.synthetic.content.mappa.unrepeated import Unrepeated
from openmappa.core.synthetic.content.scores import weighted
from openmappa.core.synthetic.dealing import Dice

REFERRERS = (("case_manager", 0.5), ("officer", 0.25), ("housing", 0.1), ("social", 0.1), ("health", 0.05))
"""Most referrals were by probation or the police (7.1); the shares are believable, and no findings."""


class Levelling:
    """Tells the levels of one case, in the order in which they were set; referrals from `since` on.

    A level that was set on the day of the sentence came with it, and nobody had to refer.
    """

    def __init__(self, known: Known, seed: str, dealt: Unrepeated, since: date) -> None:
        self._known = known
        self._dealt = dealt
        self._since = since
        self._dice = Dice(seed, known.reference, "levels")
        self._sentenced_on = {fact.on for _, fact in known.of_kind("order_started")}
        self._before = 0

    def tell(self, place: int, fact: Fact, state: Standing) -> LevelText:
        """The decision behind a ``mappa_level_set``; `state` is as it was before it."""
        level, category = int(str(fact.details["level"])), int(str(fact.details["category"]))
        deck = self._deck(level, state)
        reasons = filled(self._dealt.one(f"level {deck}", LEVELS[deck]), state, self._known.sex, self._dealt)
        first = self._before <= 1 and level > 1 and fact.on >= self._since and fact.on not in self._sentenced_on
        self._before = level
        referral = self._referral(fact.on, level, state) if first else None
        return LevelText(place, fact.on, level, category, reasons, referral)

    def _deck(self, level: int, state: Standing) -> str:
        if level >= self._before:
            return str(level)
        if level == 1:
            return "1_down" if state.supervised else "1_ended"
        return "2_down"

    def _referral(self, on: date, level: int, state: Standing) -> ReferralText:
        post = weighted(list(REFERRERS), self._dice)
        reasons = filled(self._dealt.one(f"referred {post}", REFERRED[post]), state, self._known.sex, self._dealt)
        words = {"level": str(level)}
        views = tuple(
            (who, filled(self._dealt.one(f"view {who}", deck), state, self._known.sex, self._dealt, words))
            for who, deck in VIEWS.items()
        )
        return ReferralText(post, on - timedelta(days=self._dice.between(3, 12)), reasons, views)
