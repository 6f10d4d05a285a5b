"""What those who audit cases of a demonstration write. Every case is invented; nobody is named.

What is answered on a case fits the words about it, so that results, words and the summary of an audit say the same.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from openmappa.core.inspection.scores import Answer


class CriterionWords(NamedTuple):
    """What an answer to a criterion is taken from, and where it was seen: in good work, and in work that is not."""

    cites: str
    good: Sequence[str]
    weak: Sequence[str]


class CaseWords(NamedTuple):
    """What was good on a case, what could be better, and which criteria are below the line, poor or excellent for it.

    ``no_victim``: that criterion does not apply.
    """

    strengths: str
    improvements: str
    weak: Sequence[str]
    poor: Sequence[str] = ()
    excellent: Sequence[str] = ()
    no_victim: bool = False


class AuditWords(NamedTuple):
    """An audit: how many days ago its list was made of, closed so many days ago (0 while it is under way)."""

    title: str
    why: str
    seed: str
    seed_from: str
    listed_ago: int
    closed_ago: int
    cases: int
    finished: int
    strengths: str = ""
    improvements: str = ""


class Answered(NamedTuple):
    """One answer to a criterion, with what it is taken from."""

    answer: Answer
    cites: str
    evidence: str


AUDITS: Sequence[AuditWords] = (
    AuditWords(
        title="Six cases: meetings, and what came of them",
        why="The first audit was made on paper. This one asks whether meetings see what became of their actions.",
        seed="4 11 19 27 38 42",
        seed_from="The lottery of the Saturday after the letter to the services.",
        listed_ago=44,
        closed_ago=25,
        cases=6,
        finished=6,
        strengths="Officers and case managers know their cases and speak to each other between meetings. Meetings are "
        "chaired so that they come to a decision.",
        improvements="What became of an action is still told at the table and seldom written down. Plans and offenders "
        "learn too little of what a meeting decided.",
    ),
    AuditWords(
        title="Follow-up audit: actions and plans",
        why="To see whether agendas that begin with the last actions have changed anything.",
        seed="2 9 16 30 33 47",
        seed_from="The lottery of last Saturday, as the coordinator’s letter said beforehand.",
        listed_ago=6,
        closed_ago=0,
        cases=6,
        finished=2,
    ),
)

CRITERIA: Mapping[str, CriterionWords] = {
    "level": CriterionWords(
        "levels",
        ("The referral gives reasons that fit the tests of the area.", "The last decision on the level says why."),
        ("The level was kept from review to review with no reason written.", "Lowered before the move was settled."),
    ),
    "assessed": CriterionWords(
        "assessment",
        ("OASys and RM2000 agree, and each says what it rests on.", "Looked at again in the week of the incident."),
        ("OASys was copied forward; two sections keep their old dates.", "Nothing new after the change of address."),
    ),
    "shared": CriterionWords(
        "timeline",
        ("Both files have the call of the same day.", "The case manager was told of each visit within the week."),
        ("Two visits stand on the police side alone.", "The change was told nine days later, by letter."),
    ),
    "convened": CriterionWords(
        "minutes",
        ("Brought forward by three weeks because of the move.", "Held within the time that the level gives."),
        ("Held when its date came, though the order had changed before.", "Put off twice; no reason is written."),
    ),
    "chaired": CriterionWords(
        "minutes",
        ("Each agency is asked by name, and dissent is written down.", "Disclosure is considered, with reasons."),
        ("Disclosure is not mentioned.", "Much is said; what was decided is hard to find."),
    ),
    "people": CriterionWords(
        "minutes",
        ("Officer, case manager and housing were there.", "Health sent somebody who could agree to a bed."),
        ("The officer was on leave, and nobody came instead.", "Housing was invited and sent nothing."),
    ),
    "information": CriterionWords(
        "minutes",
        ("Three agencies wrote beforehand.", "What was missing was asked for, and came within a week."),
        ("Health brought its file to the table and read from it.", "One agency had nothing to say and did not say so."),
    ),
    "actions_agreed": CriterionWords(
        "actions",
        ("Four actions, each with one name and one day.", "Every action answers something in the risk summary."),
        ("Two actions have a day and no owner.", "“As soon as possible” stands where a day should."),
    ),
    "actions_done": CriterionWords(
        "actions",
        (
            "The next agenda begins with them; each says what was done.",
            "Done and shown, one a week late with a reason.",
        ),
        ("Marked as done, and nothing shows it.", "Two of four were not spoken of again."),
    ),
    "plans": CriterionWords(
        "plan",
        ("The plan has the meeting’s actions as steps of its own.", "The review took up both of the new conditions."),
        ("The plan names the meeting and none of its actions.", "Written before the meeting and not changed since."),
    ),
    "minutes": CriterionWords(
        "minutes",
        ("On both files within the week.", "Complete: who said what, decisions with reasons, actions."),
        ("On the police file within the week; probation’s copy came after a month.", "Decisions without reasons."),
    ),
    "told": CriterionWords(
        "minutes",
        ("Told by the case manager, who wrote down the answer.", "Not told of the visits, with the reason."),
        ("Nobody was named who tells the offender.", "A letter went out; whether it was understood is not known."),
    ),
    "victims": CriterionWords(
        "timeline",
        ("The contact officer was asked before the condition was changed.", "Children’s services had the address."),
        (
            "The contact officer learned of the move from the victim.",
            "Whether a child visits was asked once, a year ago.",
        ),
    ),
    "outcome": CriterionWords(
        "timeline",
        ("What could be done was done, and in time.", "Known to both services week by week; each change was met."),
        (
            "Contained, but by one officer’s memory more than by a plan.",
            "Nothing happened; little would have shown it.",
        ),
    ),
}
NO_VICTIM_KNOWN = "No victim wishes contact, and no child is known at any address."

MET: Sequence[CaseWords] = (
    CaseWords(
        "Police and probation spoke every week, and wrote it down.",
        "Give each action of a meeting a day, and say at the next one what became of it.",
        weak=("actions_agreed", "actions_done"),
        excellent=("shared",),
    ),
    CaseWords(
        "The level was changed when the risk did, with reasons that can be followed.",
        "The plan should have the actions as steps, not only the day of the meeting.",
        weak=("plans", "actions_done", "told"),
        excellent=("level",),
    ),
    CaseWords(
        "Housing was brought in early, and the place was seen before the move.",
        "Write down what became of each action before the next meeting begins.",
        weak=("information",),
        poor=("actions_done",),
        no_victim=True,
    ),
    CaseWords(
        "The victim contact officer was heard at both meetings.",
        "Minutes reached one of the two files late. Send both on the same day.",
        weak=("minutes", "plans"),
        excellent=("victims",),
    ),
    CaseWords(
        "A clear risk summary, and it is this person’s own.",
        "Nobody came in place of the officer. Actions fell to those who were there, and two were not spoken of again.",
        weak=("people", "actions_done", "outcome"),
    ),
    CaseWords(
        "The meeting was brought forward when the address changed.",
        "The plan was not changed after it. Tell the offender what was decided, and by whom.",
        weak=("told",),
        poor=("plans",),
    ),
    CaseWords(
        "The agenda began with the last actions, and each had a line on what was done.",
        "Two of the lines say “in hand”. Say what was done, or why not.",
        weak=("convened",),
        excellent=("actions_done",),
    ),
    CaseWords(
        "The plan was changed in the week after the meeting.",
        "Name who tells the offender before the meeting ends.",
        weak=("told", "assessed"),
        excellent=("plans",),
        no_victim=True,
    ),
)
"""Of cases at Level 2 or 3."""
NOT_MET: Sequence[CaseWords] = (
    CaseWords(
        "Visits had a purpose, and each note says what was found.",
        "Tell the case manager of a visit in the same week.",
        weak=("shared",),
    ),
    CaseWords(
        "Assessed again in the week after the arrest, though nothing came of it.",
        "Say why the level was kept.",
        weak=("level",),
        excellent=("assessed",),
        no_victim=True,
    ),
    CaseWords(
        "Quiet, steady work over two years, and both files show it.",
        "OASys was copied forward. Read it with the person before it is signed.",
        weak=("assessed",),
    ),
    CaseWords(
        "A concern of the neighbours was heard, checked and answered.",
        "Ask about children at every new address, and write down the answer.",
        weak=("victims", "outcome"),
    ),
    CaseWords(
        "The officer knew of the new work before it began, and rang the case manager.",
        "The new address was known for a month before anybody looked at the risk again.",
        weak=("assessed", "level"),
        excellent=("shared",),
    ),
)
"""Of cases at Level 1, on which nobody met."""
ANSWERS = (
    "Read, and spoken of in our team meeting.",
    "Thank you. I have put it on my list for the next review.",
)
"""What the first of those who acknowledge their feedback answer."""


def answered(criterion: str, words: CaseWords, place: int) -> Answered:
    """The answer to a criterion on a case of these words, the so many-th of its audit."""
    if criterion == "victims" and words.no_victim:
        return Answered(Answer.NOT_APPLICABLE, "", NO_VICTIM_KNOWN)
    seen = CRITERIA[criterion]
    if criterion in words.weak or criterion in words.poor:
        answer = Answer.POOR if criterion in words.poor else Answer.NOT_SUFFICIENT
        return Answered(answer, seen.cites, seen.weak[place % len(seen.weak)])
    answer = Answer.EXCELLENT if criterion in words.excellent else Answer.SUFFICIENT
    return Answered(answer, seen.cites, seen.good[place % len(seen.good)])
