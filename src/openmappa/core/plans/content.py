"""What a plan still lacks before it can be signed.

Sources: 5.17 (shared with the offender), 5.18 (diversity), 6.7 (sections left out, community), 7.7 (contact and the
other agencies), 7.8 (actions of MAPPA meetings), Table 8 (timing and sequence), 9.9 (liaison).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from openmappa.core.packs.plans_rules import PlanRules
from openmappa.core.plans.progress import is_open
from openmappa.core.plans.smart import says_nothing

NOTHING: Mapping[str, str] = {}
PASSED = "Give it a new day, or record that it is achieved, partly achieved or dropped, and what shows that or why."


@dataclass(frozen=True, slots=True)
class Ground:
    """A need or harm factor of the plan. ``must`` says that it has to be answered."""

    code: str
    label: str
    must: bool
    why_not_yet: str = ""


@dataclass(frozen=True, slots=True)
class PlannedObjective:
    """An objective: its number, state, and the grounds it answers. ``looked_at``: its progress was written down.

    ``is_new`` says that it was not in the version before, so that a review has nothing to say of it yet;
    ``needs_plain_words`` that the offender has to do it and has no words for it in their copy; ``day_has_passed`` that
    it was to be reached before today.
    """

    number: int
    state: str
    grounds: frozenset[str]
    looked_at: bool = True
    is_new: bool = False
    needs_plain_words: bool = False
    day_has_passed: bool = False


@dataclass(frozen=True, slots=True)
class PlannedIntervention:
    """An intervention in the sequence: when it starts and ends, and the number of the one that has to come first."""

    number: int
    what: str
    starts_on: date
    ends_on: date | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """A plan as its rules see it. ``texts`` holds each text by its column's name.

    ``is_supervision`` is False for a risk management plan; ``is_review`` says that progress has to be written.
    """

    is_supervision: bool
    is_review: bool = False
    grounds: tuple[Ground, ...] = ()
    objectives: tuple[PlannedObjective, ...] = ()
    interventions: tuple[PlannedIntervention, ...] = ()
    actions: tuple[PlannedObjective, ...] = ()
    contingencies: int = 0
    liaisons: int = 0
    mappa_actions: int = 0
    shared: bool = False
    agreed: bool | None = None
    texts: Mapping[str, str] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing: in which step, and what to do about it."""

    step: str
    sentence: str


def gaps(content: Content, rules: PlanRules) -> tuple[Gap, ...]:
    """Everything that a plan lacks, in the order of its steps; none when it can be signed."""
    found = [*_review(content, rules), *_sequence(content)]
    own = _supervision(content, rules) if content.is_supervision else _risk_management(content, rules)
    liaison = [Gap("liaison", "Say who talks to whom about this case, how often and about what (9.9).")]
    return (*found, *own, *([] if content.liaisons else liaison))


def out_of_sequence(interventions: tuple[PlannedIntervention, ...]) -> Iterator[str]:
    """A sentence for each intervention that starts before the one it needs is over; or, without an end, has begun."""
    by_number = {one.number: one for one in interventions}
    for one in interventions:
        first = by_number.get(one.after) if one.after is not None else None
        if first is None:
            continue
        if first.ends_on is not None and one.starts_on < first.ends_on:
            yield f"“{one.what}” starts before “{first.what}” ends, which has to come first. Change a date."
        elif one.starts_on < first.starts_on:
            yield f"“{one.what}” starts before “{first.what}”, which has to come first. Change a date."


def unanswered(grounds: tuple[Ground, ...], objectives: tuple[PlannedObjective, ...]) -> Iterator[Ground]:
    """The grounds that must be answered, and that have neither an objective nor a reason why not yet."""
    answered = {code for one in objectives if one.state != "dropped" for code in one.grounds}
    return (one for one in grounds if one.must and one.code not in answered and not one.why_not_yet.strip())


def _sequence(content: Content) -> Iterator[Gap]:
    return (Gap("interventions", sentence) for sentence in out_of_sequence(content.interventions))


def _supervision(content: Content, rules: PlanRules) -> Iterator[Gap]:
    if not content.objectives:
        yield Gap("objectives", "Write at least one objective.")
    for one in content.objectives:
        if not one.grounds:
            yield Gap("objectives", f"Say which need or harm factor objective {one.number} answers.")
        if one.needs_plain_words:
            yield Gap("objectives", f"Say objective {one.number} in plain words: the offender has to do it.")
    for ground in unanswered(content.grounds, content.objectives):
        sentence = f"“{ground.label}” has no objective. Write one, or say why not yet."
        yield Gap("objectives", sentence)
    if not content.interventions:
        yield Gap("interventions", "Say what will be done, when and in which order.")
    yield from _participation(content)
    asked = {
        "diversity": ("participation", "Say what about this person matters for how they are worked with."),
        "adapted": ("participation", "Say what was adapted for them, or why nothing had to be."),
        "community": (
            "community",
            "Say what ties them to the community (home, work, people) and what is done.",
        ),
        "contact": ("community", "Say how often they are seen, where and by whom."),
        "victim_issues": (
            "victims",
            "Say what the plan does about victims, or how you know that there is nothing.",
        ),
    }
    yield from _asked(content, rules, asked)


def _participation(content: Content) -> Iterator[Gap]:
    why = content.texts.get("why_not_shared", "").strip()
    if not content.shared:
        if not why:
            yield Gap("participation", "Say when the plan was shared with the offender, or why it was not (5.17).")
        return
    if content.agreed is None:
        yield Gap("participation", "Say whether the offender agreed with the plan.")
    if content.agreed is False and not why:
        yield Gap("participation", "Say what the offender did not agree with, and why.")
    if not content.texts.get("own_words", "").strip():
        yield Gap("participation", "Write down what the offender said about the plan, in their own words.")


def _risk_management(content: Content, rules: PlanRules) -> Iterator[Gap]:
    asked = {
        "other_agencies": ("controls", "Say which other agencies do something, and what."),
        "existing_controls": ("controls", "Say which controls there are: conditions, orders, monitoring."),
        "rmp_contact": ("controls", "Say how often there is contact, by whom, and which of it is at home."),
        "victim_safety": ("victims", "Say what keeps victims safe, or how you know that nobody is to be kept safe."),
    }
    yield from _asked(content, rules, asked)
    if not content.actions:
        yield Gap("actions", "Write at least one action: what, who does it, and by when.")
    if not content.contingencies:
        yield Gap("contingency", "Say what would show that the plan is failing, what is done then, and who does it.")


def _review(content: Content, rules: PlanRules) -> Iterator[Gap]:
    if not content.is_review:
        return
    asked = {
        "why_now": ("review", "Say why the plan is reviewed now: it was due, or what happened."),
        "what_changed": ("review", "Say what changed since the last plan, or that you checked and nothing did."),
    }
    if content.mappa_actions:
        asked["mappa_taken_in"] = (
            "review",
            "Say how the actions of MAPPA meetings are taken into the plan (7.8).",
        )
    yield from _asked(content, rules, asked)
    for name, parts in (("objective", content.objectives), ("action", content.actions)):
        for one in parts:
            if is_open(one.state) and not one.looked_at and not one.is_new:
                yield Gap("review", f"Write down how {name} {one.number} is going.")
    for one in content.objectives:
        if is_open(one.state) and one.day_has_passed:
            yield Gap("review", f"The day of objective {one.number} has passed. {PASSED}")


def _asked(content: Content, rules: PlanRules, asked: Mapping[str, tuple[str, str]]) -> Iterator[Gap]:
    for name, (step, sentence) in asked.items():
        text = content.texts.get(name, "")
        if text.strip() and says_nothing(text, rules):
            yield Gap(step, f"{sentence} {rules.empty_answers.why} {rules.empty_answers.mend}")
        elif not text.strip():
            yield Gap(step, sentence)
