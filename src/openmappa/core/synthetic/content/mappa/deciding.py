"""What a generated meeting decides: with reasons, now and then against somebody's advice; disclosure every time."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from openmappa.core.synthetic.content.mappa.decision_words import (
    DECISIONS,
    DISSENT,
    MADE,
    NOT_MADE,
    Decided,
)
from openmappa.core.synthetic.content.mappa.entries import Around
from openmappa.core.synthetic.content.mappa.filling import filled
from openmappa.core.synthetic.content.mappa.held import DecisionText, DisclosureText
from openmappa.core.synthetic.content.mappa.posts import OFFICER

HOW_MANY = (1, 2, 2, 3)
DISSENTS, DISCLOSED = 0.22, 0.25
"""How often somebody does not agree, and how often a disclosure is made. Believable, and no findings."""


def decisions(around: Around, present: Sequence[str]) -> Iterator[DecisionText]:
    """One to three decisions, no two from one deck; somebody who is there may not agree with the first."""
    decks = _fitting(around)
    names = ["any", *around.dice.shuffled([name for name in decks if name != "any"])]
    wanted = around.dice.one_of(HOW_MANY)
    names = around.dice.shuffled(names[: max(2, wanted)])[:wanted]
    for place, name in enumerate(names):
        decided = around.dealt.one(f"decision {name}", decks[name])
        text = DecisionText(_words(around, decided.text), _words(around, decided.reasons), plain="")
        if decided.plain:
            text = replace(text, plain=_words(around, decided.plain))
        yield _against(around, text, present) if place == 0 else text


def disclosure(around: Around) -> DisclosureText:
    """Whether anybody is to be told, and why not where nobody is."""
    if around.state.in_custody or around.dice.roll() >= DISCLOSED:
        return DisclosureText(False, reasons=around.say("not disclosed", NOT_MADE))
    made = around.dealt.one("disclosed", MADE)
    return DisclosureText(
        made=True,
        to_whom=_words(around, made.to_whom),
        what=_words(around, made.what),
        post=made.post if made.post in ("case_manager", "housing", "social") else OFFICER,
        by_on=around.on + timedelta(days=around.dice.between(7, 21)),
    )


def _words(around: Around, text: str) -> str:
    return filled(text, around.state, around.sex, around.dealt)


def _fitting(around: Around) -> dict[str, tuple[Decided, ...]]:
    person, state = around.person, around.state
    if state.in_custody:
        return {"any": DECISIONS["custody"], "victim": DECISIONS["victim"]} if state.victim else _only("custody")
    asked = {
        "any": True,
        "children": person.at_risk == "children",
        "homeless": person.needs["accommodation"] > 1,
        "drink": person.needs["alcohol-misuse"] > 0,
        "victim": state.victim,
    }
    return {name: DECISIONS[name] for name, fits in asked.items() if fits}


def _only(name: str) -> dict[str, tuple[Decided, ...]]:
    return {"any": DECISIONS[name]}


def _against(around: Around, text: DecisionText, present: Sequence[str]) -> DecisionText:
    able = [post for post in present if post in DISSENT]
    if not able or around.dice.roll() >= DISSENTS:
        return text
    post = around.dice.one_of(able)
    words = filled(around.dealt.one(f"dissent {post}", DISSENT[post]), around.state, around.sex, around.dealt)
    return replace(text, dissent_post=post, dissent=words)
