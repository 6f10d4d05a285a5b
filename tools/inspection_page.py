"""Write docs/reference/inspection-framework.md from the framework and the interview schedule that ship.

python tools/inspection_page.py            write the page
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from openmappa.core.inspection.framework import AskedOf, Criterion, Framework, Question
from openmappa.core.inspection.interviews import InterviewQuestion, InterviewSchedule, Role
from openmappa.core.packs.load import load_inspection_framework, load_inspection_interviews

PACK = "england-wales-2005"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "inspection-framework.md"

START = """# The framework of an inspection, and its interview schedule

<!-- Written by tools/inspection_page.py from the pack. Change the pack or the tool, not this page. -->

What an inspection asks is data: a TOML file with chapters, criteria and questions, and another with the questions of
interviews. One of each ships, rebuilt from the joint inspection of 2005. The report does not print its form of
assessment; **the wording here is ours**, and each question says which table or paragraph it serves.

```console
openmappa inspection check FILE
```

says whether a file of either sort makes sense: everything that is wrong, where, and what to do, in one run. The exit
code is 1 when something is wrong. Where the tables of the report come from: [reproduce the
report](../how-to/reproduce-the-report.md).

## A framework file

```toml
code = "my_inspection"          # with the version, its name: an answer belongs to one version
version = "1"                   # any words; a changed question is a new version
title = "My inspection"
source = {{ text = "Who decided on it, and when", certainty = "ours" }}

[[scale]]                       # all four, from best to worst; excellent and sufficient are above the line
answer = "excellent"            # then sufficient, not_sufficient, poor
meaning = "So good that others can learn from it."
source = {{ text = "3.7", certainty = "read" }}

[[scale]]
answer = "sufficient"
meaning = "Done well enough."
source = {{ text = "3.7", certainty = "read" }}

[[scale]]
answer = "not_sufficient"
meaning = "Some of it was done."
source = {{ text = "3.7", certainty = "read" }}

[[scale]]
answer = "poor"
meaning = "Nothing shows that it was done."
source = {{ text = "3.7", certainty = "read" }}

[[chapter]]
code = "people"
title = "People"

[[chapter.criterion]]
code = "plans"
title = "Plans"
statement = "Each case has a plan in time."
asked_of = "case"               # each case of the sample; or "area"

[[chapter.criterion.question]]
code = "plan_in_time"           # small letters, digits and _; no two questions share one
text = "Was the plan made in time?"
guidance = "15 working days from the start of the order or licence."
applies_to = "licence"          # see below
source = {{ text = "Table 3", certainty = "read" }}
```

| key of a question | means |
| --- | --- |
| `applies_to` | {applies_to} |
| `relevant` | which cases, in words; only where `applies_to` is `relevant` |
| `choices` | answers of its own, two or more, each `{{ code = …, title = … }}`. Without it, the scale |
| `table` | the table of the report that it is a line of; nothing for a finding in the text |
| `source` | `text` and `certainty`: `read`, `remembered` (with a `confidence`) or `ours` |

A question that is not for a case is **not applicable**, which is never counted as no. Whether it is for a case follows
from the record, but for `relevant`, which somebody who reads the case decides.

Two versions are told apart question by question (`core/inspection/framework_changes.py`). Answers may be laid side by
side where a question has the same words, guidance, cases and possible answers in both. A framework that was changed on
a page is written as such a file again (`framework_toml.py`); comments are not kept.

## An interview schedule

```toml
code = "my_interviews"
version = "1"
title = "Interviews"
source = {{ text = "Who decided on it, and when", certainty = "ours" }}

[[role]]
code = "case_manager"
title = "Case manager"
source = {{ text = "Appendix I", certainty = "read" }}

[[part]]
number = 1
title = "People"
chapter = "people"              # the chapter of the framework that the answers serve

[[part.question]]
number = "1.1"                  # begins with the number of its part
text = "Is workload a problem?"
asked_of = ["all"]              # or codes of roles
adapted = {{ case_manager = "How many cases do you have, and is that too many?" }}   # other words for some, if need be
```
"""


def page(framework: Framework, schedule: InterviewSchedule) -> str:
    """The whole page."""
    kinds = {question.applies_to: question.applies_to.label for question in framework.questions}
    applies_to = "; ".join(f"`{kind}`: {label[0].lower()}{label[1:]}" for kind, label in kinds.items())
    lines = [START.format(applies_to=applies_to), *_framework(framework), *_schedule(schedule)]
    return "\n".join(lines).rstrip() + "\n"


def _framework(framework: Framework) -> Iterator[str]:
    cases, area = (len(framework.asked_of(what)) for what in AskedOf)
    yield f"## The framework that ships: {framework.code} {framework.version}"
    yield ""
    yield f"{framework.title}: {cases} questions of each case, {area} of the area. Source: {framework.source}."
    yield ""
    yield from _table(("answer", "means"), ((point.answer.label, point.meaning) for point in framework.scale))
    for chapter in framework.chapters:
        yield f"### {chapter.title}"
        yield ""
        for criterion in chapter.criteria:
            yield from _criterion(criterion)


def _criterion(criterion: Criterion) -> Iterator[str]:
    of_what = "each case" if criterion.asked_of is AskedOf.CASE else "the area"
    yield f"**{criterion.title}** (of {of_what}). {criterion.statement}"
    yield ""
    yield from _table(
        ("question", "guidance", "asked of", "source"),
        (_question(each, criterion.asked_of) for each in criterion.questions),
    )


def _question(question: Question, asked_of: AskedOf) -> Sequence[str]:
    answers = f" ({'; '.join(choice.title for choice in question.choices)})" if question.choices else ""
    of_whom = "The area" if asked_of is AskedOf.AREA else question.of_whom
    return f"{question.text}{answers}<br>`{question.code}`", question.guidance, of_whom, str(question.source)


def _schedule(schedule: InterviewSchedule) -> Iterator[str]:
    yield f"## The interview schedule that ships: {schedule.code} {schedule.version}"
    yield ""
    yield f"{schedule.title}. Numbers, and who is asked, are those of Appendix I; the words are ours."
    yield ""
    letters = [chr(ord("A") + place) for place in range(len(schedule.roles))]
    roles = zip(letters, schedule.roles, strict=True)
    yield from _table(("", "role", "questions"), ((x, _role(r), len(schedule.asked_of(r.code))) for x, r in roles))
    asked = {question.number: row for question, row in schedule.matrix}
    for part in schedule.parts:
        yield f"### {part.number}. {part.title}"
        yield ""
        marks = {number: ["●" if yes else "" for yes in row] for number, row in asked.items()}
        rows = ((each.number, _words(each, schedule), *marks[each.number]) for each in part.questions)
        yield from _table(("", "question", *letters), rows)


def _role(role: Role) -> str:
    return f"{role.title}. {role.note}".rstrip() if role.note else role.title


def _words(question: InterviewQuestion, schedule: InterviewSchedule) -> str:
    titles = {role.code: role.title for role in schedule.roles}
    other = "".join(f"<br>*{titles[role]}:* {words}" for role, words in question.adapted.items())
    return f"{question.text}{other}"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(str(cell) for cell in row)} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(load_inspection_framework(PACK), load_inspection_interviews(PACK)), encoding="utf-8")
