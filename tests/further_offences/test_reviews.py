"""The review of a serious further offence: known then, contributions, conclusion, lessons without names (7.18)."""

import threading
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse

from openmappa.accounts.acting import as_person
from openmappa.accounts.errors import NotAllowed
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.cases.models import Case, Person
from openmappa.core.access import Role
from openmappa.core.involvement import InvolvementKind
from openmappa.further_offences.errors import ChangedSince, NotReviewed, NotTheirs
from openmappa.further_offences.models.lesson import Lesson, LessonKind
from openmappa.further_offences.models.review import Contribution, FurtherOffenceReview, Judgement
from openmappa.further_offences.queries.reviews import lessons, open_reviews, people_to_ask, review_shown
from openmappa.further_offences.services.contributing import save_contribution, send_contribution
from openmappa.further_offences.services.reviewing import (
    Conclusion,
    ask_to_contribute,
    conclude_review,
    open_review,
    record_lesson,
    record_notified,
)
from openmappa.notes.models import Note
from openmappa.notices.models import Notice
from openmappa.timeline.services import void_fact
from tests.further_offences.build import alleged, opened
from tests.timeline.build import ago, day_boxes, give, make_area, make_case, make_person, signed_in, write

pytestmark = pytest.mark.django_db

SAID = Conclusion(Judgement.YES, "Level 2 fitted.", Judgement.PARTLY, "Two visits were missed.")


@pytest.fixture
def coordinator() -> User:
    return make_person(Role.MAPPA_COORDINATOR)


@pytest.fixture
def case() -> Case:
    return make_case()


def as_(user: User, service: Any, **what: Any) -> Any:
    with as_person(user):
        return service(by=user, **what)


def test_it_keeps_how_the_case_stood_as_known_on_the_day(coordinator: User, case: Case) -> None:
    write(case, "registered", ago(100))
    review = opened(coordinator, case, offence_on=ago(0), charged_on=ago(0))
    earlier = opened(coordinator, case, offence_on=ago(1), charged_on=ago(0), offence="murder")
    late = {line.title: (line.of, line.days) for line in review_shown(review).overdue}
    assert {of for of, _ in late.values()} == {"offender", "police_officer"}
    assert sorted(days for _, days in late.values()) == [93, 97]
    assert review_shown(earlier).overdue == (), "the registration was written down only the day after"
    write(case, "mappa_level_set", ago(0), by=coordinator, level=3, category=1)
    review.refresh_from_db()
    assert (review.level, review.highest_level) == (None, None), "kept as it was worked out then"


def test_a_mistake_found_later_still_stood_then(coordinator: User, case: Case) -> None:
    fact = write(case, "mappa_level_set", ago(0), by=coordinator, level=2, category=1)
    first = opened(coordinator, case, offence_on=ago(0), charged_on=ago(0))
    assert (first.level, first.highest_level) == (2, 2)
    as_(coordinator, void_fact, fact=fact, reason="Wrong case.")
    second = opened(coordinator, case, offence="murder", offence_on=ago(0), charged_on=ago(0))
    assert second.level is None, "voided on the day itself"


def test_opening_asks_police_and_probation_notes_it_and_tells_the_staff(coordinator: User, case: Case) -> None:
    manager, officer = make_person(Role.LINE_MANAGER), make_person(Role.POLICE_OFFICER)
    Case.objects.filter(pk=case.pk).update(police_officer=officer)
    case.refresh_from_db()
    review = opened(coordinator, case)
    asked = sorted(row.agency.kind for row in Contribution.objects.filter(review=review).select_related("agency"))
    assert asked == ["police", "probation"]
    note = Note.objects.get(case=case)
    assert (note.compartment, "An offence in a park" in note.text) == ("confidential", False)
    assert {notice.to_id for notice in Notice.objects.all()} == {manager.pk, officer.pk}
    page = reverse("further_offences:show", kwargs={"key": case.key, "review": review.key})
    links = dict(Notice.objects.values_list("to", "link"))
    assert links == {manager.pk: page, officer.pk: reverse("further_offences:mine")}


def test_who_may_not_open_one_and_what_is_refused(coordinator: User, case: Case) -> None:
    with pytest.raises(NotAllowed):
        opened(make_person(Role.POLICE_OFFICER), case)
    stranger = make_person(Role.LINE_MANAGER, area=make_area("eastmarch", "B"))
    give(case, InvolvementKind.INVITED, person=stranger)
    with pytest.raises(NotTheirs):
        opened(stranger, case)
    for more, field in (
        ({"offence": "theft"}, "offence"),
        ({"words": " "}, "words"),
        ({"charged_on": ago(-1)}, "charged_on"),
        ({"offence_on": ago(1)}, "offence_on"),
    ):
        with pytest.raises(NotReviewed) as refused:
            opened(coordinator, case, **more)
        assert list(refused.value.problems) == [field]
    assert FurtherOffenceReview.objects.count() == 0
    opened(coordinator, case)
    with pytest.raises(NotReviewed, match="open or concluded already"):
        opened(coordinator, case)


def test_a_contribution_is_kept_sent_once_and_a_colleagues_is_not_overwritten(coordinator: User, case: Case) -> None:
    review = opened(coordinator, case)
    first, second = make_person(Role.POLICE_OFFICER), make_person(Role.POLICE_OFFICER)
    row = Contribution.objects.get(review=review, agency__kind="police")
    as_(first, save_contribution, contribution=row, chronology="1 May: visit.", differently="", version=0)
    with pytest.raises(ChangedSince):
        as_(second, save_contribution, contribution=row, chronology="Mine.", differently="", version=0)
    with pytest.raises(NotReviewed) as refused:
        as_(second, send_contribution, contribution=row, chronology="1 May: visit.", differently=" ", version=1)
    assert list(refused.value.problems) == ["differently"]
    whole = {"chronology": "1 May: visit.", "differently": "Visit sooner."}
    as_(second, send_contribution, contribution=row, version=1, **whole)
    with pytest.raises(NotReviewed, match="was sent meanwhile"):
        as_(first, save_contribution, contribution=row, **whole)
    assert "has sent its contribution" in Notice.objects.get(to=coordinator).words


def test_a_page_that_was_overtaken_shows_both_and_loses_nothing(coordinator: User, case: Case) -> None:
    review = opened(coordinator, case)
    first, second = make_person(Role.POLICE_OFFICER), make_person(Role.POLICE_OFFICER)
    row = Contribution.objects.get(review=review, agency__kind="police")
    as_(first, save_contribution, contribution=row, chronology="Hers.", differently="")
    address = reverse("further_offences:write", kwargs={"contribution": row.key})
    form = {"chronology": "Mine, long.", "differently": "", "version": "0", "what": "save"}
    page = signed_in(second).post(address, form).content.decode()
    assert ("A colleague has saved this meanwhile" in page, "Hers." in page, "Mine, long." in page) == (
        True,
        True,
        True,
    )
    row.refresh_from_db()
    assert row.chronology == "Hers."


def test_asking_a_partner_is_a_disclosure_in_the_log_and_each_agency_is_asked_once(
    coordinator: User, case: Case
) -> None:
    review = opened(coordinator, case)
    far, near = (make_person(Role.PARTNER_MEMBER, kind=kind) for kind in ("partner", "prison"))
    give(case, InvolvementKind.INVITED, person=near)
    with as_person(coordinator):
        assert people_to_ask(review) == [near, far]
    as_(coordinator, ask_to_contribute, review=review, person=far, due_on=ago(-10))
    with pytest.raises(NotReviewed, match="asked before"):
        as_(coordinator, ask_to_contribute, review=review, person=far, due_on=ago(-10))
    event = Event.objects.get(verb="ask to contribute")
    assert (event.operation, far.full_name in event.recipient) == ("disclosure", True)
    assert "Testcase" not in Notice.objects.get(to=far).words


def test_it_is_concluded_with_reasons_and_says_why_without_what_has_not_come(coordinator: User, case: Case) -> None:
    review = opened(coordinator, case)
    with pytest.raises(NotReviewed) as refused:
        as_(coordinator, conclude_review, review=review, conclusion=SAID)
    assert list(refused.value.problems) == ["without_words"]
    said = replace(SAID, without_words="They know nothing of him.")
    as_(coordinator, conclude_review, review=review, conclusion=said, version=0)
    for service, more in ((record_notified, {"on": ago(0), "whom": "SMB"}), (conclude_review, {"conclusion": said})):
        with pytest.raises(NotReviewed, match="concluded meanwhile"):
            as_(coordinator, service, review=review, **more)
    row = Contribution.objects.get(review=review, agency__kind="police")
    with pytest.raises(NotReviewed, match="concluded meanwhile"):
        as_(make_person(Role.POLICE_OFFICER), save_contribution, contribution=row, chronology="x", differently="")
    with as_person(coordinator):
        assert list(open_reviews(case.area)) == []


def test_the_notification_is_between_the_charge_and_today(coordinator: User, case: Case) -> None:
    review = opened(coordinator, case)
    for day in (ago(4), ago(-1)):
        with pytest.raises(NotReviewed, match="from"):
            as_(coordinator, record_notified, review=review, on=day, whom="SMB chair")
    as_(coordinator, record_notified, review=review, on=ago(2), whom="SMB chair", version=0)
    with pytest.raises(ChangedSince):
        as_(coordinator, record_notified, review=review, on=ago(1), whom="Office", version=0)


def lesson(by: User, review: FurtherOffenceReview, sentence: str, **more: Any) -> Lesson:
    plain = {"kind": LessonKind.LESSON, "audience": "police", "practice_area": "visits"}
    made: Lesson = as_(by, record_lesson, review=review, sentence=sentence, **(plain | more))
    return made


def test_a_lesson_with_a_name_or_a_reference_is_refused_and_one_without_stands_by_itself(
    coordinator: User, case: Case
) -> None:
    officer = make_person(Role.POLICE_OFFICER)
    User.objects.filter(pk=officer.pk).update(full_name="Pat Overlooked")
    Case.objects.filter(pk=case.pk).update(police_officer=officer)
    Person.objects.filter(pk=case.person_id).update(crn="C998877")
    case = Case.objects.get(pk=case.pk)
    review = opened(coordinator, case)
    for words in ("Testcase moved.", f"See {case.reference}.", "Look at C 998877.", "Overlooked’s visits were late."):
        with pytest.raises(NotReviewed) as refused:
            lesson(coordinator, review, words)
        assert "would say whose case this was" in refused.value.problems["sentence"]
    token = uuid.uuid4()
    made = [lesson(coordinator, review, "Visit  within two\ndays.", submission=token) for _ in range(2)]
    assert (made[0].pk == made[1].pk, made[0].sentence) == (True, "Visit within two days.")
    with as_person(coordinator):
        assert [one.sentence for one in lessons(case.area)] == ["Visit within two days."]
        assert list(lessons(make_area("eastmarch", "B"))) == []


def test_from_opening_to_a_lesson_on_pages(coordinator: User, case: Case) -> None:
    browser = signed_in(coordinator)

    def address(name: str, **more: Any) -> str:
        return reverse(f"further_offences:{name}", kwargs={"key": case.key, **more})

    form = {"submission": str(uuid.uuid4()), "offence": "rape", "words": "An offence in a park."}
    form |= {**day_boxes("offence_on", ago(10)), **day_boxes("charged_on", ago(3))}
    page = browser.post(address("open"), form, follow=True).content.decode()
    review = FurtherOffenceReview.objects.get()
    known = f"{reverse('timeline:levels', kwargs={'key': case.key})}?known_on={ago(10).isoformat()}"
    assert ("The review is opened" in page, known in page) == (True, True)
    assert browser.get(known).status_code == 200
    front = browser.get(reverse("timeline:front_sheet", kwargs={"key": case.key})).content.decode()
    assert "Serious further offence under review" in front
    sent = {"kind": "lesson", "sentence": "Testcase was late.", "audience": "police", "practice_area": "visits"}
    refused = browser.post(address("lesson", review=review.key), sent).content.decode()
    assert ("“testcase” would say whose case" in refused, "Testcase was late." in refused) == (True, True)
    said = {"level_right": "yes", "level_words": "It fitted.", "plans_done": "no", "plans_words": "Not one visit."}
    said |= {"without_words": "They wrote to the court.", "version": "0"}
    page = browser.post(address("conclude", review=review.key), said, follow=True).content.decode()
    assert ("The review is concluded" in page, "Not one visit." in page) == (True, True)
    front = browser.get(reverse("timeline:front_sheet", kwargs={"key": case.key})).content.decode()
    assert "Serious further offence under review" not in front
    assert "No review is open" in browser.get(reverse("further_offences:desk")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_open_the_same_review_at_once_open_one() -> None:
    people = [make_person(Role.MAPPA_COORDINATOR), make_person(Role.LINE_MANAGER)]
    case = make_case()
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def run(user: User) -> None:
        try:
            start.wait()
            as_(user, open_review, case=case, alleged=alleged())
            outcomes.append("opened")
        except NotReviewed:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(user,)) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(outcomes), FurtherOffenceReview.objects.count()) == (["opened", "refused"], 1)
