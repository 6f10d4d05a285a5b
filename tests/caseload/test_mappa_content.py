"""Behind the MAPPA facts of a demonstration stand meetings, minutes and actions, and the next four weeks are called."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from openmappa.accounts.models import Area, User
from openmappa.actions.models import Action, ActionStep
from openmappa.audit.models import Event
from openmappa.caseload.services.content.mappa.grounds import grounds_of_all
from openmappa.cases.models import Case, Involvement, Person
from openmappa.core.caseload import header_line, record_line
from openmappa.core.orders.recall import RecallStands
from openmappa.core.synthetic.generate import generate
from openmappa.further_offences.models.review import FurtherOffenceReview
from openmappa.meetings.models.calendar import CalendarEntry
from openmappa.meetings.models.contribution import Contribution
from openmappa.meetings.models.directory import DirectoryEntry
from openmappa.meetings.models.invitee import Invitee
from openmappa.meetings.models.sitting import Meeting, Sitting
from openmappa.meetings.queries.grounds import grounds_of
from openmappa.minutes.models.copies import Copy, Filing, Telling
from openmappa.minutes.models.minutes import Line, Minutes
from openmappa.minutes.models.running import Entry, Running
from openmappa.movements.models.move import TemporaryMove
from openmappa.movements.models.release import ReleaseNotice
from openmappa.notices.models import Notice
from openmappa.orders.models.breach import OrderBreach
from openmappa.orders.models.order import CivilOrder
from openmappa.orders.models.recall import Recall
from openmappa.orders.queries.orders import orders_of_case
from openmappa.referrals.models.levels import LevelDecision
from openmappa.referrals.models.other_meetings import MeetingQuestion
from openmappa.referrals.models.referral import Referral
from openmappa.referrals.models.screening import Screener
from openmappa.timeline.models import Duty, Fact
from openmappa.transfers.models import ContactDetails, Transfer
from tests.core.synthetic.samples import sample

CASES = 40
THREE_MONTHS, FOUR_WEEKS = timedelta(days=92), timedelta(days=28)
MOST = 3
"""How often the same words may stand in one case."""


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Two areas with forty cases each until today, loaded once for all and taken back at the end."""
    wanted = sample(areas=2, cases=CASES, until=timezone.localdate())
    file = tmp_path_factory.mktemp("demo") / "sample.jsonl"
    file.write_bytes(header_line(wanted.header) + b"".join(map(record_line, generate(wanted))))
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", str(file), stdout=StringIO())
        yield str(file)
        transaction.set_rollback(True)


def recent(kind: str) -> set[int]:
    """The facts of a kind in the last three months of the caseload, by key."""
    last = Fact.objects.exclude(case__reference__contains="NEW").aggregate(last=Max("recorded_on"))["last"]
    rows = Fact.objects.filter(kind=kind, on__gte=last - THREE_MONTHS)
    return set(rows.exclude(case__reference__contains="NEW").values_list("pk", flat=True))


def held() -> list[Meeting]:
    """The meetings that are over."""
    return list(Meeting.objects.filter(closed_at__isnull=False).select_related("sitting", "fact", "case"))


def test_each_meeting_of_three_months_was_in_a_sitting_of_its_day_and_level(demo: str) -> None:
    meetings = held()
    assert {meeting.fact_id for meeting in meetings} == recent("mappa_meeting_held") != set()
    for meeting in meetings:
        assert meeting.fact is not None
        assert meeting.fact.on == timezone.localdate(meeting.starts_at) == timezone.localdate(meeting.sitting.starts_at)
        assert (meeting.fact.details["level"], meeting.fact.case_id) == (meeting.sitting.level, meeting.case_id)
        assert meeting.sitting.chair_id != meeting.sitting.minute_taker_id
    per_sitting = Counter(meeting.sitting_id for meeting in meetings)
    assert max(per_sitting.values()) > 1


def test_the_cases_of_a_sitting_come_one_after_the_other(demo: str) -> None:
    by_sitting: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in Meeting.objects.select_related("sitting").order_by("sitting", "number"):
        by_sitting[meeting.sitting_id].append(meeting)
    for meetings in by_sitting.values():
        assert meetings[0].starts_at == meetings[0].sitting.starts_at
        assert meetings[-1].ends_at == meetings[-1].sitting.ends_at
        assert all(one.ends_at == other.starts_at for one, other in pairwise(meetings))


def test_who_came_is_written_down_with_rank_or_grade(demo: str) -> None:
    rows = Invitee.objects.filter(meeting__closed_at__isnull=False)
    assert not rows.filter(attendance="").exists()
    there = rows.filter(attendance__in=["attended", "deputy"])
    assert not there.filter(attended_rank="", attended_grade="").exists()
    for meeting in held():
        chair = Invitee.objects.get(meeting=meeting, person=meeting.sitting.chair)
        assert chair.attendance == "attended"
    assert set(rows.values_list("attendance", flat=True)) == {"attended", "deputy", "apologies", "absent"}


def test_each_meeting_was_minuted_with_decisions_and_disclosure_considered(demo: str) -> None:
    for meeting in held():
        entries = Entry.objects.filter(meeting=meeting)
        assert entries.filter(kind="disclosure").count() == 1
        assert (
            entries.filter(kind="decision").exclude(reasons="").count() == entries.filter(kind="decision").count() > 0
        )
        minutes = Minutes.objects.get(meeting=meeting)
        assert minutes.lines.filter(kind="disclosure").count() == 1
        assert minutes.lines.filter(kind="action").count() == Action.objects.filter(meeting=meeting.key).count()
    assert Running.objects.count() == len(held())


def to_be_filed() -> set[int]:
    """The facts that the minutes of a recent meeting were filed: of each service, the first for the first meeting."""
    found, of_late = set(), recent("mappa_meeting_held")
    rows = Fact.objects.filter(kind__in=["mappa_meeting_held", "minutes_filed"]).order_by("case", "on", "id")
    of_case: dict[tuple[int, str], list[int]] = defaultdict(list)
    for fact in rows:
        of_case[fact.case_id, fact.details.get("service", "held")].append(fact.pk)
    for (case_id, service), filed in of_case.items():
        if service != "held":
            pairs = zip(of_case[case_id, "held"], filed, strict=False)
            found |= {fact for meeting, fact in pairs if meeting in of_late}
    return found


def test_minutes_that_facts_say_are_filed_were_issued_and_filed_and_others_wait(demo: str) -> None:
    for filing in Filing.objects.select_related("minutes__meeting__fact", "agency", "fact"):
        assert filing.fact is not None
        assert filing.fact.details["service"] == filing.agency.kind
        assert filing.minutes.issued_at is not None
        assert filing.minutes.issued_at <= filing.filed_at
        assert filing.fact.on >= filing.minutes.held_on
    assert set(Filing.objects.values_list("fact", flat=True)) == to_be_filed()
    assert Minutes.objects.filter(issued_at__isnull=True).exists()


def test_each_copy_of_a_partner_agency_holds_the_open_part_alone(demo: str) -> None:
    copies = Copy.objects.filter(agency__kind="partner")
    assert copies.exists()
    assert {tuple(copy.compartments) for copy in copies} == {("open",)}


def test_offenders_who_were_told_heard_the_open_decisions(demo: str) -> None:
    tellings = list(Telling.objects.select_related("fact", "minutes"))
    assert tellings
    for telling in tellings:
        assert telling.fact.kind == "offender_informed"
        assert telling.told_on == telling.fact.on >= telling.minutes.held_on
        plain = Line.objects.filter(minutes=telling.minutes).exclude(plain_words="")
        assert all(line.plain_words in telling.words for line in plain)


def test_each_action_says_what_and_who_and_what_became_of_it(demo: str) -> None:
    facts = Fact.objects.filter(kind="action_agreed")
    actions = {action.fact_id: action for action in Action.objects.select_related("fact", "done_fact")}
    assert set(actions) == set(facts.values_list("pk", flat=True)) != set()
    for action in actions.values():
        details = action.fact.details
        assert (action.number, action.due_on.isoformat(), action.service) == (
            details["action"],
            details["due_on"],
            details["service"],
        )
        assert action.text
        assert action.owner or action.owner_words
    done = set(Action.objects.filter(state="completed").values_list("done_fact", flat=True))
    assert done == set(Fact.objects.filter(kind="action_completed").values_list("pk", flat=True))
    assert ActionStep.objects.filter(kind="completed").exclude(words="").count() == len(done)
    of_recent = Action.objects.filter(fact__in=recent("action_agreed"))
    assert set(of_recent.values_list("meeting", flat=True)) <= {meeting.key for meeting in held()}


def test_each_level_was_decided_for_reasons_and_the_latest_after_a_referral(demo: str) -> None:
    facts = set(Fact.objects.filter(kind="mappa_level_set").values_list("pk", flat=True))
    decided = LevelDecision.objects.filter(fact__isnull=False)
    assert set(decided.values_list("fact", flat=True)) == facts
    assert LevelDecision.objects.filter(basis="meeting").count() == len(held())
    screened = list(LevelDecision.objects.filter(basis="screening").select_related("referral"))
    for decision in screened:
        assert decision.referral is not None
        assert decision.level > 1
        assert Screener.objects.filter(referral=decision.referral).exclude(view="").count() == 2


def coming(area: Area) -> list[Meeting]:
    """The meetings of the next four weeks in an area."""
    until = timezone.now() + FOUR_WEEKS
    rows = Meeting.objects.filter(sitting__area=area, closed_at__isnull=True, starts_at__lte=until)
    return list(rows.select_related("sitting", "case"))


def test_each_area_has_three_months_behind_it_and_four_weeks_ahead(demo: str) -> None:
    for area in Area.objects.all():
        past = [meeting for meeting in held() if meeting.sitting.area_id == area.pk]
        ahead = coming(area)
        assert len(past) >= CASES // 4
        assert len(ahead) >= CASES // 4
        assert len({timezone.localdate(meeting.starts_at).isocalendar().week for meeting in ahead}) >= 3
        assert {meeting.sitting.level for meeting in ahead} <= {2, 3}
        assert DirectoryEntry.objects.filter(area=area).count() >= 12
        agencies = DirectoryEntry.objects.filter(area=area).values_list("agency__kind", flat=True)
        assert set(agencies) == {"police", "probation", "prison", "partner"}


def test_what_comes_is_due_for_review_invited_and_partly_answered(demo: str) -> None:
    for area in Area.objects.all():
        meetings = coming(area)
        due = Duty.objects.open().filter(standard="mappa-review", area=area)
        assert {meeting.case_id for meeting in meetings} <= set(due.values_list("case", flat=True))
        replies = Counter(Invitee.objects.filter(meeting__in=meetings).values_list("reply", flat=True))
        assert min(replies[""], replies["comes"], replies["apologies"]) > 0
        assert Contribution.objects.filter(meeting__in=meetings, sent_at__isnull=False).exists()
        for meeting in meetings:
            people = set(Invitee.objects.filter(meeting=meeting).values_list("person", flat=True))
            assert {meeting.case.case_manager_id, meeting.case.police_officer_id, meeting.sitting.chair_id} <= people
            assert meeting.sitting.starts_at > timezone.now()


def test_why_people_are_asked_is_found_for_many_cases_as_for_one(demo: str) -> None:
    cases = list(Case.objects.all()[:20])
    found = grounds_of_all(cases)
    assert found == {case.pk: grounds_of(case) for case in cases}
    assert any(grounds.child for grounds in found.values())
    assert any(grounds.victim for grounds in found.values())


def test_no_room_and_no_chair_is_in_two_sittings_at_once(demo: str) -> None:
    sittings = list(Sitting.objects.order_by("starts_at"))
    for number, one in enumerate(sittings):
        for other in sittings[number + 1 :]:
            if other.starts_at < one.ends_at and other.area_id == one.area_id:
                assert one.chair_id != other.chair_id
                assert (one.place, one.room) != (other.place, other.room)


def test_what_is_sent_to_calendars_is_sent_already_and_invited_partners_can_open_their_cases(demo: str) -> None:
    assert not CalendarEntry.objects.filter(sent_at__isnull=True).exists()
    housing = User.objects.get(username="n.housing")
    invited = Invitee.objects.filter(person=housing, meeting__closed_at__isnull=True)
    opened = Involvement.objects.in_force_at(timezone.now()).filter(person=housing)
    assert set(invited.values_list("case", flat=True)) <= set(opened.values_list("case", flat=True))
    assert Notice.objects.filter(to=housing, kind="meeting").exists()


@pytest.mark.parametrize("username", ["n.housing", "n.probation1", "n.police1"])
def test_those_it_is_shown_with_have_an_open_action_and_a_meeting_to_come(demo: str, username: str) -> None:
    person = User.objects.get(username=username)
    assert Action.objects.open().filter(owner=person).exists()
    assert Invitee.objects.filter(person=person, meeting__closed_at__isnull=True).exists()


def test_in_each_area_referrals_wait_one_urgent_one_late_one_from_housing(demo: str) -> None:
    for area in Area.objects.all():
        waiting = Referral.objects.waiting().filter(area=area)
        assert 2 <= waiting.count() <= 4
        assert waiting.filter(urgent=True).count() == 1
        assert waiting.filter(due_on__lt=timezone.localdate()).count() == 1
        assert waiting.filter(Q(agency__name__contains="Housing") | Q(adds__contains="Housing")).count() == 1


def test_in_each_area_a_meeting_outside_mappa_was_asked_about_and_nobody_has_answered(demo: str) -> None:
    for area in Area.objects.all():
        question = MeetingQuestion.objects.get(case__area=area)
        assert (question.meeting.kind, question.answer) == ("professionals", "")
        assert question.asked_by.role == "mappa_coordinator"


def test_a_transfer_is_under_way_and_one_was_declined_for_a_reason(demo: str) -> None:
    sent, declined = Transfer.objects.order_by("-state")
    assert (sent.state, declined.state, declined.ground) == ("sent", "declined", "incomplete")
    assert sent.from_area != sent.to_area
    assert min(sent.meeting_on, declined.meeting_on) >= timezone.localdate() - FOUR_WEEKS
    assert ContactDetails.objects.exclude(phone="").count() == Area.objects.count()


def test_in_each_area_somebody_is_away_and_two_releases_are_expected_one_unacknowledged(demo: str) -> None:
    for area in Area.objects.all():
        move = TemporaryMove.objects.get(case__area=area)
        assert move.from_on <= timezone.localdate() <= move.until_on
        first, second = ReleaseNotice.objects.filter(area=area).order_by("expected_on")
        assert (first.acknowledgements.count(), second.acknowledgements.count()) == (0, 2)
        assert first.expected_on > timezone.localdate()
    assert ReleaseNotice.objects.get(case__isnull=True).given_by.username == "n.prison"


def test_a_review_of_a_serious_further_offence_is_open(demo: str) -> None:
    review = FurtherOffenceReview.objects.get()
    assert review.opened_by.username == "n.manager.probation"
    assert review.offence_on < review.charged_on <= timezone.localdate()
    assert review.contributions.count() >= 1


def test_one_order_is_in_breach_one_ends_soon_one_is_applied_for_and_somebody_is_at_large(demo: str) -> None:
    today = timezone.localdate()
    found = [each for order in CivilOrder.objects.order_by("pk") for each in orders_of_case(order.case, today)]
    assert [(each.stands, each.ends_soon, len(each.open_breaches)) for each in found] == [
        ("In force", False, 1),
        ("In force", True, 0),
        ("Applied for", False, 0),
    ]
    assert Recall.objects.get().days.stands is RecallStands.AT_LARGE


def test_those_that_nobody_has_worked_on_are_left_to_the_tutorial(demo: str) -> None:
    new = Case.objects.filter(reference__contains="NEW")
    assert new.count() == 4
    assert not Meeting.objects.filter(case__in=new).exists()
    referred = Referral.objects.filter(case__in=new)
    assert {referral.case.reference for referral in referred if referral.case} == {"NSH-NEW4"}
    assert not referred.filter(decided_at__isnull=True).exists()


def test_no_words_stand_often_in_one_case_or_hold_the_name_of_somebody_else(demo: str) -> None:
    texts: dict[int, Counter[str]] = defaultdict(Counter)
    said: tuple[tuple[type, str], ...] = ((Action, "text"), (Entry, "text"), (Entry, "reasons"), (ActionStep, "words"))
    said += ((LevelDecision, "reasons"), (Contribution, "text"), (Referral, "why"), (Meeting, "why"))
    for model, field in said:
        rows = model._default_manager.exclude(**{field: ""})  # type: ignore[attr-defined]
        if model is Entry:
            rows = rows.exclude(item="last-actions")
        for case_id, text in rows.values_list("case", field):
            texts[case_id][text] += 1
    assert max(counts.most_common(1)[0][1] for counts in texts.values()) <= MOST
    names = {f"{each.given_names} {each.family_name}" for each in Person.objects.all()}
    assert not [text for counts in texts.values() for text in counts if any(name in text for name in names)]


def counts() -> dict[str, int]:
    models = (Sitting, Meeting, Invitee, Contribution, Minutes, Line, Copy, Filing, Telling, Entry, Action, ActionStep)
    models += (Referral, Screener, LevelDecision, DirectoryEntry, Involvement, CalendarEntry, Notice, Event)
    models += (Transfer, TemporaryMove, ReleaseNotice, FurtherOffenceReview, CivilOrder, OrderBreach, Recall)
    return {model.__name__: model.objects.count() for model in models}


def test_loading_again_changes_nothing(demo: str) -> None:
    before = counts()
    call_command("load_demo", demo, stdout=StringIO())
    assert counts() == before
    assert min(before.values()) > 0


def test_meetings_on_a_list_are_numbered_from_one(demo: str) -> None:
    lists = Sitting.objects.annotate(many=Count("meetings"), last=Max("meetings__number"))
    assert all(sitting.many == sitting.last for sitting in lists)
