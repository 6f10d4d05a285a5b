"""A review beside what it reviews: what changed in one list, and both answers beside each other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openmappa.oasys.models import OasysSection
from openmappa.oasys.queries.comparison import both, earlier_than
from tests.core.instruments.oasys.answers import RULES
from tests.oasys.around import Desk, a_desk
from tests.oasys.build import draft_row, signed_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """A case manager with a signed OASys, and the draft of a review."""
    desk = a_desk()
    desk.oasys.abandoned_at, desk.oasys.abandoned_by, desk.oasys.abandon_reason = timezone.now(), desk.manager, "x"
    desk.oasys.save()
    signed_row(desk.case, desk.manager)
    now = draft_row(desk.case, desk.manager, stage="review")
    OasysSection.objects.create(
        case=desk.case,
        oasys=now,
        section="accommodation",
        answers={"item_3_5": 2, "item_3_5_evidence": "Notice to quit."},
        saved_by=desk.manager,
        saved_at=timezone.now(),
    )
    return desk._replace(oasys=now)


def test_what_changed_stands_in_one_list_and_both_beside_each_other(desk: Desk) -> None:
    text = desk.browser.get(desk.at("compare")).content.decode()
    assert "2 changes" in text
    assert "New need" in text
    assert "Newly answered" in text
    assert "3 Accommodation: 1 change" in text
    assert "Notice to quit." in text


def test_without_an_earlier_one_it_says_so() -> None:
    desk = a_desk()
    assert "There is nothing to compare with" in desk.browser.get(desk.at("compare")).content.decode()


def test_a_version_is_held_against_the_one_it_corrects(desk: Desk) -> None:
    before = earlier_than(desk.oasys)
    assert before is not None
    assert before.signed_at is not None
    assert earlier_than(before) is None


def test_pairs_say_what_differs() -> None:
    [section] = both(RULES, {"finances": {"item_5_2": 1}}, {"finances": {"item_5_2": 1, "item_5_3": 0}})
    assert [(pair.item.code, pair.before, pair.now, pair.differs) for pair in section.pairs] == [
        ("5.2", "Some problem", "Some problem", False),
        ("5.3", "", "No problem", True),
    ]
    assert section.changed == 1


def test_the_page_asks_for_both_with_one_query_each(desk: Desk) -> None:
    desk.browser.get(desk.at("compare"))
    with CaptureQueriesContext(connection) as queries:
        desk.browser.get(desk.at("compare"))
    assert sum("oasys_oasyssection" in query["sql"] for query in queries) == 2
