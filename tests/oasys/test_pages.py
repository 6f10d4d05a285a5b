"""The pages of OASys: write, save, stop and go on, sign, countersign; what each is told, and how small a page is."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.cases.models import Case
from openmappa.core.access import Role
from openmappa.oasys.forms import sent_as
from openmappa.oasys.models import Oasys, OasysSection
from openmappa.oasys.queries.oasys import written
from openmappa.oasys.services.drafting import start_oasys
from openmappa.oasys.services.signing import Signature, revision_of, sign_oasys
from openmappa.timeline.models import Fact
from tests.oasys.answers import RULES, answers_to, fill
from tests.oasys.build import case_manager, line_manager
from tests.timeline.build import ago, make_area, make_case, make_person, sent, signed_in, today, write

pytestmark = pytest.mark.django_db

HOME = {"item_3_3": "2", "item_3_3_evidence": "Sleeps on a friend's sofa, he says (3 May)."}


@pytest.fixture
def author() -> User:
    return case_manager()


@pytest.fixture
def case(author: User) -> Case:
    case = make_case(case_manager=author)
    write(case, "registered", ago(20))
    write(case, "order_started", ago(10), order="community_order")
    return case


@pytest.fixture
def draft(author: User, case: Case) -> Oasys:
    return start_oasys(by=author, case=case, stage="start")


def address(oasys: Oasys, name: str, **more: str) -> str:
    return reverse(f"oasys:{name}", kwargs={"key": oasys.case.key, "oasys": oasys.key, **more})


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def signed(draft: Oasys, by: User, level: str = "medium") -> Oasys:
    fill(draft, by, level=level)
    sign_oasys(by=by, oasys=draft, signature=Signature(today(), revision_of(written(draft))))
    draft.refresh_from_db()
    return draft


def test_starting_leads_to_the_draft_and_the_duty_chooses_the_stage(author: User, case: Case) -> None:
    client, path = signed_in(author), reverse("oasys:start", kwargs={"key": case.key})
    assert 'value="start" checked' in page(client, f"{path}?stage=start")
    assert 'name="begin"' not in page(client, path)
    answer = client.post(path, sent(case, stage="start"))
    row = Oasys.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, address(row, "show"))
    text = page(client, path)
    assert (f"started by {author.full_name}" in text, "Go on with the draft" in text) == (True, True)
    again = client.post(path, sent(case, stage="review"))
    assert (again.status_code, "has a draft on this case already" in again.content.decode()) == (200, True)


def test_a_section_is_saved_half_answered_and_stands_there_again(author: User, draft: Oasys) -> None:
    client, path = signed_in(author), address(draft, "section", section="accommodation")
    answer = client.post(path, HOME | {"revision": "0", "go": "next"})
    following = address(draft, "section", section="education-training-employability")
    assert (answer.status_code, answer["Location"]) == (302, following)
    text = page(client, path)
    assert "Sleeps on a friend&#39;s sofa" in text
    assert re.search(r'name="item_3_3" value="2" checked', text)
    assert "<strong>2 of 8</strong> in this section" in text
    assert "Accommodation is a criminogenic need" in text
    assert "things</strong> to do in this section" in text
    stopped = client.post(path, HOME | {"revision": "1", "go": "stop"})
    assert stopped["Location"] == address(draft, "show")


def test_saving_while_typing_says_when_and_what_it_comes_to(author: User, draft: Oasys) -> None:
    client, path = signed_in(author), address(draft, "autosave", section="accommodation")
    token = str(uuid.uuid4())
    first = client.post(path, HOME | {"revision": "0", "page": token}).json()
    assert re.fullmatch(r"\d\d:\d\d", first["saved"])
    assert (first["revision"], first["problems"]) == (1, {})
    assert "2 of 8" in first["html"]
    lost = client.post(path, HOME | {"item_3_4": "1", "revision": "0", "page": token}).json()
    assert (lost["revision"], OasysSection.objects.get().answers["item_3_4"]) == (2, 1)


def test_what_cannot_be_kept_stays_unsaved_and_the_rest_is_saved(author: User, draft: Oasys) -> None:
    client, path = signed_in(author), address(draft, "autosave", section="offending-information")
    said = client.post(path, {"item_1_3": "2", "item_1_5": "many", "revision": "0"}).json()
    assert list(said["problems"]) == ["item_1_5"]
    assert OasysSection.objects.get().answers == {"item_1_3": 2}
    form = client.post(
        address(draft, "section", section="offending-information"), {"item_1_5": "many", "revision": "1"}
    )
    text = form.content.decode()
    assert (form.status_code, 'href="#id_item_1_5"' in text, 'value="many"' in text) == (200, True, True)


def test_who_saved_meanwhile_is_shown_and_each_answer_is_chosen(author: User, draft: Oasys) -> None:
    other = case_manager()
    path = address(draft, "section", section="accommodation")
    signed_in(other).post(path, {"item_3_3": "0", "item_3_4": "1", "revision": "0"})
    client = signed_in(author)
    mine = {"item_3_3": "2", "item_3_4": "0", "revision": "0", "page": str(uuid.uuid4())}
    autosaved = client.post(address(draft, "autosave", section="accommodation"), mine)
    assert (autosaved.status_code, autosaved.json()["by"]) == (409, other.full_name)
    text = client.post(path, mine).content.decode()
    assert f"{other.full_name} saved this section after you opened it" in text
    assert ('name="theirs_item_3_3"' in text, 'name="theirs_item_3_5"' in text) == (True, False)
    assert OasysSection.objects.get().answers == {"item_3_3": 0, "item_3_4": 1}
    chosen = client.post(path, mine | {"accept_revision": "1", "theirs_item_3_4": "theirs", "theirs_item_3_3": "mine"})
    assert chosen.status_code == 302
    assert OasysSection.objects.get().answers == {"item_3_3": 2, "item_3_4": 1}


def test_a_draft_signed_meanwhile_takes_nothing_more_and_says_so(author: User, draft: Oasys) -> None:
    signed(draft, author)
    client = signed_in(author)
    answer = client.post(address(draft, "autosave", section="accommodation"), HOME | {"revision": "1"})
    assert (answer.status_code, "has been signed since" in answer.json()["refused"]) == (409, True)
    again = client.post(address(draft, "section", section="accommodation"), HOME | {"revision": "1"})
    assert (again.status_code, "has been signed since" in again.content.decode()) == (200, True)


def test_the_overview_says_what_is_missing_and_each_is_a_link(author: User, draft: Oasys) -> None:
    fill(draft, author)
    row = OasysSection.objects.get(oasys=draft, section="accommodation")
    OasysSection.objects.filter(pk=row.pk).update(answers={**row.answers, "item_3_3": 2})
    client = signed_in(author)
    assert "1 thing to do before it can be signed" in page(client, address(draft, "show"))
    text = page(client, address(draft, "sign"))
    assert f'{address(draft, "section", section="accommodation")}#id_item_3_3"' in text
    assert 'name="on"' not in text
    refused = client.post(address(draft, "sign"), sent(draft.case, today(), revision="99"))
    assert (refused.status_code, Fact.objects.filter(kind="oasys_completed").count()) == (200, 0)


def test_signing_leads_to_what_comes_next_in_its_order(author: User, draft: Oasys) -> None:
    fill(draft, author, level="high")
    client = signed_in(author)
    text = page(client, address(draft, "sign"))
    assert "It needs a countersignature by your line manager." in text
    form = sent(draft.case, today(), revision=str(revision_of(written(draft))))
    answer = client.post(address(draft, "sign"), form)
    assert (answer.status_code, answer["Location"]) == (302, address(draft, "next"))
    assert client.post(address(draft, "sign"), form)["Location"] == address(draft, "next")
    listed = page(client, address(draft, "next")).partition("<ol")[2].partition("</ol>")[0]
    steps = re.findall(r"<li>(?:<a[^>]*>|<strong>)([^<]+)", listed)
    assert steps == [
        "Write or review the risk management plan",
        "Score an RM2000",
        "Your line manager countersigns it",
        "Write or review the supervision plan",
    ]
    assert reverse("assessments:score_rm2000", kwargs={"key": draft.case.key}) in page(client, address(draft, "next"))


@pytest.mark.parametrize(("scored", "asks"), [(None, True), (30, True), (5, False)])
def test_an_rm2000_is_asked_for_where_there_is_none_since_the_order(
    author: User, draft: Oasys, scored: int | None, asks: bool
) -> None:
    if scored:
        write(draft.case, "rm2000_completed", ago(scored), band="high", rank="constable")
    signed(draft, author)
    assert ("Score an RM2000" in page(signed_in(author), address(draft, "next"))) == asks


def test_the_line_manager_reads_what_the_level_rests_on_and_returns_it(author: User, draft: Oasys) -> None:
    signed(draft, author, "high")
    manager = signed_in(line_manager())
    text = page(manager, address(draft, "countersign"))
    assert ("What it rests on" in text, "Words behind SUM6.1.1." in text) == (True, True)
    empty = manager.post(address(draft, "countersign"), {"decision": "return", "comment": " "})
    assert "Say what has to change" in empty.content.decode()
    done = manager.post(address(draft, "countersign"), {"decision": "return", "comment": "Say why not very high."})
    assert (done.status_code, done["Location"]) == (302, address(draft, "show"))
    client = signed_in(author)
    assert "Say why not very high." in page(client, address(draft, "show"))
    new = client.post(address(draft, "correct"))
    version = Oasys.objects.get(number=2)
    assert new["Location"] == address(version, "show")
    assert "Returned with this comment: Say why not very high." in page(client, address(version, "show"))
    assert "version 2" in page(client, reverse("oasys:list", kwargs={"key": draft.case.key}))


def test_the_author_is_told_that_somebody_else_countersigns(draft: Oasys) -> None:
    manager = line_manager()
    signed(draft, manager, "high")
    client = signed_in(manager)
    assert "You signed this OASys yourself" in page(client, address(draft, "countersign"))
    assert (
        "You signed this OASys yourself"
        in client.post(address(draft, "countersign"), {"decision": "countersign"}).content.decode()
    )


def test_the_list_shows_versions_what_came_from_elsewhere_and_what_was_voided(author: User, draft: Oasys) -> None:
    write(draft.case, "oasys_completed", ago(8), stage="start", harm="low")
    mistake = write(draft.case, "oasys_completed", ago(7), by=author, stage="review")
    Fact.objects.filter(pk=mistake.pk).update(voided_at=draft.started_at, voided_by=author, void_reason="Wrong file")
    signed(draft, author, "high")
    text = page(signed_in(author), reverse("oasys:list", kwargs={"key": draft.case.key}))
    assert text.count("Came from another system, without its answers") == 2
    assert ("Not yet countersigned" in text, "Wrong file" in text, "<s>" in text) == (True, True, True)
    assert author.full_name in text


def test_a_copied_answer_says_so_until_somebody_confirms_it(author: User, draft: Oasys) -> None:
    signed(draft, author)
    client = signed_in(author)
    client.post(reverse("oasys:start", kwargs={"key": draft.case.key}), sent(draft.case, stage="review", begin="copy"))
    copy = Oasys.objects.get(copied_from=draft)
    path = address(copy, "section", section="accommodation")
    assert page(client, path).count("Copied from the OASys of") == len(RULES.section("accommodation").items)
    answers = {name: sent_as(value) for name, value in answers_to(RULES.section("accommodation")).items()}
    client.post(path, answers | {"revision": "1", "confirm_item_3_3": "yes"})
    assert page(client, path).count("Copied from the OASys of") == len(RULES.section("accommodation").items) - 1


def test_every_page_of_a_section_is_small(author: User, draft: Oasys) -> None:
    signed(draft, author, "high")
    writing = start_oasys(by=author, case=draft.case, stage="review", copy_last=True)
    client = signed_in(author)
    sizes = {
        f"{section.slug} {what}": len(client.get(address(row, "section", section=section.slug)).content)
        for section in RULES.sections
        for what, row in (("written", writing), ("read", draft))
    }
    assert {name: size for name, size in sizes.items() if size >= 40_000} == {}


@pytest.mark.parametrize(
    ("role", "area", "reads", "writes"),
    [
        (Role.CASE_MANAGER, "northshire", 200, 302),
        (Role.LINE_MANAGER, "northshire", 200, 302),
        (Role.POLICE_OFFICER, "northshire", 200, 403),
        (Role.MAPPA_COORDINATOR, "northshire", 200, 403),
        (Role.CASE_MANAGER, "eastmarch", 404, 404),
        (Role.PARTNER_MEMBER, "northshire", 404, 404),
        (Role.SMB_MEMBER, "northshire", 404, 404),
    ],
)
def test_who_reads_and_who_writes_a_section(draft: Oasys, role: Role, area: str, reads: int, writes: int) -> None:
    person = make_person(role, area=make_area(area, "B" if area == "eastmarch" else "A"))
    client, path = signed_in(person), address(draft, "section", section="accommodation")
    assert (client.get(path).status_code, client.post(path, HOME | {"revision": "0"}).status_code) == (reads, writes)
    assert OasysSection.objects.count() == (1 if writes == 302 else 0)


def test_what_the_record_knows_is_filled_in_and_saved_only_by_who_checks_it(author: User, draft: Oasys) -> None:
    text = page(signed_in(author), address(draft, "section", section="likelihood"))
    age = (ago(10) - draft.case.person.born_on).days * 4 // 1461
    assert "Some answers are filled in from the record" in text
    assert re.search(rf'name="age_at_risk_date"[^>]*value="{age}"', text)
    assert re.search(r'name="sex" value="male" checked', text)
    assert OasysSection.objects.count() == 0


def test_abandoning_keeps_the_draft_readable_with_the_reason(author: User, draft: Oasys) -> None:
    client = signed_in(author)
    client.post(address(draft, "section", section="accommodation"), HOME | {"revision": "0"})
    assert client.post(address(draft, "abandon"), {"reason": "The wrong case."}).status_code == 302
    text = page(client, reverse("oasys:list", kwargs={"key": draft.case.key}))
    assert "The wrong case." in text
    assert "friend&#39;s sofa" in page(client, address(draft, "section", section="accommodation"))
