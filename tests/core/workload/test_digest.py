"""What is kept of an answer is what the answer says; and its chart."""

import json
from dataclasses import replace

from openmappa.core.workload.answer import Answer, By
from openmappa.core.workload.chart import hours_chart
from openmappa.core.workload.digest import digest
from tests.core.workload.made import TIMES, allowing, asked, record, weeks
from tests.core.workload.test_forecast import VISITED

FOUR, SIX = allowing("home-visit", weeks(4)), allowing("home-visit", weeks(6))


def test_a_digest_says_what_the_answer_says_and_can_be_kept_as_json() -> None:
    question, counted = asked(record(*VISITED), pack=FOUR, drafts=(SIX,))
    question = replace(question, workload=TIMES.with_own({}, {"police_officer": 2}))
    answer = Answer(question, 1, counted)
    found = json.loads(json.dumps(digest(answer)))
    assert (found["cases"], found["on"], found["starts"][0], found["starts"][-1]) == (
        1,
        "2005-03-31",
        "2005-04-01",
        "2006-04-01",
    )
    assert found["past_starts"][0] == "2004-04-01"
    assert found["minutes"]["home-visit"] == 150
    assert found["hours"]["police_officer"] == 2
    now, draft = found["plans"]
    assert (now["from"], now["changes"], draft["from"]) == ("", [], "2005-04-01")
    assert draft["changes"] == ["Unannounced police home visit: 4 weeks → 6 weeks"]
    assert draft["changed"] == ["home-visit"]
    assert now["activities"] == {"home-visit": [13, 0, 1950], "annual-notification": [1, 0, 30]}
    assert draft["activities"]["home-visit"] == [9, 0, 1350]
    months = answer.by_month(counted[0].ahead)
    assert [one[:2] for one in now["months"]] == [[months[place].number, months[place].minutes] for place in range(12)]
    (load,) = answer.loads(counted[0].ahead, By.OFFICER).values()
    assert now["loads"]["officer"] == [
        ["", "police_officer", "n.police1", 120, 0, [one.minutes for one in load.months], list(load.held)]
    ]
    assert sum(one[2] for one in now["months"]) == load.months_over
    assert [one[:3] for one in now["loads"]["area"]] == [["northshire", "", ""]]


def test_a_line_of_hours_stands_between_nought_and_a_round_number() -> None:
    chart = hours_chart(["Apr", "May", "Jun"], [("Now", [0, 60, 120]), ("Draft A", [50, 50, 50])], width=400)
    assert [tick.label for tick in chart.marks] == ["0", "50", "100", "150", "200", "250"]
    assert [tick.label for tick in chart.months] == ["Apr", "May", "Jun"]
    now, draft = chart.lines
    assert (now.name, now.path.count("L"), now.points[0][1]) == ("Now", 2, chart.bottom)
    assert draft.points[0][1] == draft.points[2][1] == chart.bottom - 220 * 50 / 250
    assert chart.left < now.points[0][0] < now.points[2][0] < chart.right


def test_a_narrow_chart_names_fewer_months_and_large_hours_have_large_steps() -> None:
    months = [str(number) for number in range(12)]
    chart = hours_chart(months, [("Now", [4_000.0] * 12)], width=420)
    assert len(chart.months) == 4
    assert [tick.label for tick in chart.marks][-1] == "5,000"
    assert [tick.label for tick in hours_chart(months, [("Now", [0.0] * 12)], width=900).marks][1] == "1"
