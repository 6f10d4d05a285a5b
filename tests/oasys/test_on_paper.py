"""An OASys on paper: everything for the file; for the offender nothing of others, which no test text gets past."""

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from openmappa.audit.models import Event
from openmappa.core.packs.oasys_rules import Answer, ItemKind
from openmappa.oasys.models import OasysSection
from openmappa.oasys.queries.printed import what_the_offender_may_read, whole
from openmappa.oasys.services.confidential import write_confidential
from tests.core.instruments.oasys.answers import RULES, complete
from tests.oasys.around import Desk, a_desk
from tests.timeline.build import today

SECRET = "SECRET-OF-SOMEBODY-ELSE"


def full() -> dict[str, dict[str, Answer]]:
    """Every section, the full analysis too, every text naming its item, and what is hidden or marked a secret."""
    found = {section.slug: complete(section) for section in RULES.sections}
    found["harm-screening"] |= {"item_r1_2_3": "current", "full_analysis": True}
    for section in RULES.sections:
        for item in section.items:
            secret = item.hidden_from_offender or item.kind is ItemKind.LEVEL
            words = f"{SECRET} {item.code}" if secret else f"Open {item.code} [[{SECRET}]]"
            if item.kind is ItemKind.TEXT:
                found[section.slug][item.name] = words
            elif item.evidence_at:
                found[section.slug][item.name] = item.evidence_at[0]
                found[section.slug][item.evidence_name] = words
    return found


def test_the_whole_holds_every_section_and_every_word() -> None:
    printed = whole(RULES, full())
    assert [each.section.slug for each in printed] == [section.slug for section in RULES.sections]
    said = " ".join(f"{line.answer} {line.words}" for each in printed for line in each.lines)
    assert said.count(SECRET) > 60


def test_nothing_of_somebody_else_comes_through_to_the_offender() -> None:
    printed = what_the_offender_may_read(RULES, full())
    said = " ".join(f"{line.answer} {line.words}" for each in printed for line in each.lines)
    assert SECRET not in said
    assert "Open 2.1 (left out: from somebody else)" in said
    assert {line.item.name for each in printed for line in each.lines if line.item.hidden_from_offender} == set()


@settings(max_examples=25)
@given(st.data())
def test_nor_from_any_one_item_by_itself(data: st.DataObject) -> None:
    section = data.draw(st.sampled_from(RULES.sections))
    item = data.draw(st.sampled_from([item for item in section.items if item.hidden_from_offender] or section.items))
    answers = {**full(), section.slug: {item.name: full()[section.slug][item.name], item.evidence_name: f"[[{SECRET}"}}
    printed = what_the_offender_may_read(RULES, answers)
    assert SECRET not in " ".join(f"{line.answer} {line.words}" for each in printed for line in each.lines)


@pytest.fixture
def desk(db: None) -> Desk:
    desk = a_desk()
    for slug, answers in full().items():
        OasysSection.objects.create(
            case=desk.case,
            oasys=desk.oasys,
            section=slug,
            answers=answers,
            saved_by=desk.manager,
            saved_at=desk.oasys.started_at,
        )
    write_confidential(by=desk.manager, oasys=desk.oasys, text=f"{SECRET} in the confidential section", seen=0)
    return desk


def printed(desk: Desk, which: str) -> str:
    sent = {"which": which, "recipient": "The file", "purpose": "A parole hearing"}
    answer = desk.browser.post(desk.at("print"), sent)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def test_the_offenders_version_shows_none_of_it_on_the_page(desk: Desk) -> None:
    text = printed(desk, "offender")
    assert "Your assessment" in text
    assert "Open 2.1" in text
    assert SECRET not in text
    assert desk.case.reference not in text


def test_the_files_version_has_the_confidential_section_only_when_asked_for(desk: Desk) -> None:
    assert f"{SECRET} in the confidential section" not in printed(desk, "file")
    assert f"{SECRET} in the confidential section" in printed(desk, "confidential")
    assert "this version must not be shown to them" in printed(desk, "file")


def test_each_print_is_logged_as_a_disclosure_with_whom_it_is_for(desk: Desk) -> None:
    printed(desk, "offender")
    event = Event.objects.get(verb="print OASys")
    assert (event.operation, event.recipient, event.channel) == ("disclosure", "The file", "print")
    assert timezone.localdate(event.at) == today()


def test_without_a_recipient_nothing_is_printed(desk: Desk) -> None:
    text = desk.browser.post(desk.at("print"), {"which": "file"}).content.decode()
    assert "Enter who will receive it" in text
    assert Event.objects.filter(verb="print OASys").count() == 0
