"""Other parties are asked before some OASys; what came back came after it was asked, and some never came."""

from datetime import date

from openmappa.core.synthetic.content.asking import Asking
from openmappa.core.synthetic.content.case import CaseContent
from tests.core.synthetic.samples import SHAPE

TODAY = date(2005, 3, 31)


def test_three_in_ten_asked_somebody_and_one_in_five_of_those_waits(contents: list[CaseContent]) -> None:
    asking = Asking("made", SHAPE.content)
    asked = [one for content in contents for one in asking.of(content, TODAY)]
    assert len(asked) == sum(bool(content.assessments) for content in contents) * 3 // 10
    open_ = [one for one in asked if one.answered_on is None]
    assert 0.15 < len(open_) / len(asked) < 0.3
    assert all(one.asked_on < one.answered_on <= TODAY and one.answer for one in asked if one.answered_on)
    assert any(one.due_on < TODAY for one in open_)
