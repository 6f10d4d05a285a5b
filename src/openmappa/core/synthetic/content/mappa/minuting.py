"""All that stands behind the MAPPA facts of a generated case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from openmappa.core.dates import add_months, is_working_day
from openmappa.core.standards.facts import Fact
from openmappa.core.synthetic.content.case import CaseContent
from openmappa.core.synthetic.content.decks import Decks
from openmappa.core.synthetic.content.known import Known
from openmappa.core.synthetic.content.mappa.deciding import decisions, disclosure
from openmappa.core.synthetic.content.mappa.decision_words import RESPONSES, TOLD_HOW, WHY
from openmappa.core.synthetic.content.mappa.entries import Around, entries, here, level_reasons, review_reason, written
from openmappa.core.synthetic.content.mappa.held import ActionStory, HeldText, LevelText, MappaContent
from openmappa.core.synthetic.content.mappa.levelling import Levelling
from openmappa.core.synthetic.content.mappa.seats import invited, seated, wrote
from openmappa.core.synthetic.content.mappa.standing import Standing, after
from openmappa.core.synthetic.content.mappa.stories import Stories
from openmappa.core.synthetic.content.mappa.unrepeated import Unrepeated
from openmappa.core.synthetic.content.profile import Profile, profile_of
from openmappa.core.synthetic.dealing import Dice
from openmappa.core.synthetic.shape import Figure

MONTHS_BETWEEN = {2: 3, 3: 1}
"""How often a case of this level is reviewed (Table 6; the pack's standard mappa-review says the same)."""
KINDS = ("mappa_level_set", "mappa_meeting_held", "action_agreed")


class Minuting:
    """Tells the MAPPA side of cases. Asked in the same order, it says the same."""

    def __init__(self, source: str, figures: Mapping[str, Figure]) -> None:
        self._source = source
        self._decks = Decks(f"{source}/mappa", figures)

    def of(self, content: CaseContent, since: date) -> MappaContent:
        """What stands behind one case: every level and action, and the meetings from `since` on."""
        person = person_of(content, self._source)
        case = _Case(content.known, person, self._source, self._decks, since)
        for place, fact in enumerate(content.known.facts):
            case.take(place, fact)
        return case.content()


def person_of(content: CaseContent, source: str) -> Profile:
    """The person that the assessments of a case are about."""
    score = content.scores[-1] if content.scores else None
    return profile_of(content.known, score, content.known.age_at_sentence, source)


@dataclass
class _Case:
    known: Known
    person: Profile
    source: str
    decks: Decks
    since: date
    state: Standing = field(default_factory=Standing)
    levels: list[LevelText] = field(default_factory=list)
    actions: list[ActionStory] = field(default_factory=list)
    meetings: list[tuple[int, Fact, Standing]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dealt = Unrepeated(self.source, self.known.reference, "mappa")
        self.levelling = Levelling(self.known, self.source, self.dealt, self.since)
        self.stories = Stories(self.known, self.person, self.source, self.dealt)

    def take(self, place: int, fact: Fact) -> None:
        """One fact more."""
        if fact.kind == "mappa_level_set":
            self.levels.append(self.levelling.tell(place, fact, self.state))
        elif fact.kind == "action_agreed":
            self.actions.append(self.stories.tell(place, fact, self.state))
        elif fact.kind == "mappa_meeting_held":
            self.meetings.append((place, fact, self.state))
        self.state = after(self.state, fact)

    def content(self) -> MappaContent:
        """All of it, once every fact was taken."""
        held = [
            self._held(number, *meeting) for number, meeting in enumerate(self.meetings) if meeting[1].on >= self.since
        ]
        return MappaContent(tuple(self.levels), tuple(held), tuple(self.actions))

    def _held(self, number: int, place: int, fact: Fact, state: Standing) -> HeldText:
        level = int(str(fact.details["level"]))
        dice = Dice(self.source, self.known.reference, "meeting", number)
        around = Around(fact.on, level, self.person, state, self.known.sex, self.dealt, dice)
        seats = list(seated(invited(level, self.person, state), self.decks, dice))
        sent = written(around, seats)
        seats = [wrote(seat, sent[seat.post]) if seat.post in sent else seat for seat in seats]
        told = self._told(number)
        return HeldText(
            fact=place,
            on=fact.on,
            level=level,
            category=state.category,
            level_reasons=level_reasons(around),
            why=self._why(around, number),
            concerns_child=self.person.at_risk == "children",
            concerns_victim=state.victim,
            seats=tuple(seats),
            entries=tuple(entries(around, seats, self._unaccounted(number))),
            decisions=tuple(decisions(around, here(seats))),
            disclosure=disclosure(around),
            actions=tuple(story for story in self.actions if story.agreed_on == fact.on),
            review_on=review_day(fact.on, level, dice),
            review_reason=review_reason(around),
            filed=tuple(self._filed(number)),
            told=told,
            told_how=self.dealt.one("told how", TOLD_HOW) if told is not None else "",
            response=self.dealt.one("response", RESPONSES) if told is not None else "",
        )

    def _why(self, around: Around, number: int) -> str:
        if around.state.in_custody:
            what = "custody"
        elif number == 0:
            what = "first"
        else:
            what = "incident" if around.state.recent(around.state.incident_on, around.on) else "review"
        return around.say(f"why {what}", WHY[what])

    def _unaccounted(self, number: int) -> Sequence[ActionStory]:
        """The actions agreed before that were open when the meeting before this one had ended."""
        if number == 0:
            return ()
        last = self.meetings[number - 1][1].on
        this = self.meetings[number][1].on
        return [
            story
            for story in self.actions
            if story.agreed_on < this and (story.done_on is None or story.done_on > last)
        ]

    def _filed(self, number: int) -> list[tuple[str, int]]:
        """The facts that these minutes were filed: the meeting's own place among those of the service."""
        found = []
        for service in ("police", "probation"):
            places = [
                place for place, fact in self.known.of_kind("minutes_filed") if fact.details["service"] == service
            ]
            found += [(service, place) for place in places[number : number + 1]]
        return found

    def _told(self, number: int) -> int | None:
        places = [place for place, _ in self.known.of_kind("offender_informed")]
        return places[number] if number < len(places) else None


def review_day(on: date, level: int, dice: Dice) -> date:
    """The working day of the next meeting: within the level's time, now and then earlier."""
    latest = add_months(on, MONTHS_BETWEEN[level])
    day = latest - timedelta(days=dice.one_of((0, 0, 1, 3, 7)))
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
