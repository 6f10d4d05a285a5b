"""Writing the log: what an event says, who may write which, and who may read it."""

import json
import logging
import uuid

import pytest
from django.db import DatabaseError, ProgrammingError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from openmappa.accounts.acting import as_person
from openmappa.accounts.models import User
from openmappa.audit.models import Event
from openmappa.audit.services import log
from openmappa.core.access import Role
from tests.audit.log import answer, as_application, run, write_event
from tests.timeline.build import make_case, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return make_person(Role.POLICE_OFFICER)


def the_event() -> Event:
    return Event.objects.get()


def test_an_event_says_who_did_what_to_which_cases_and_by_which_way(officer: User) -> None:
    correlation = uuid.uuid4()
    with as_person(officer, channel="print", correlation=correlation):
        run("SELECT set_config('openmappa.acting', 'break_glass', true)")
        log(
            by=officer,
            verb="print list",
            operation="disclosure",
            case_ids=[3, 1, 3],
            classes=["personal", "open"],
            recipient="Northshire Housing",
            about={"list": "worklist"},
        )
    event = the_event()
    assert {name: getattr(event, name) for name in Event.classified if name not in ("id", "at")} == {
        "by_id": officer.pk,
        "by_name": officer.full_name,
        "agency": "Northshire Police",
        "role": "police_officer",
        "verb": "print list",
        "operation": "disclosure",
        "outcome": "done",
        "channel": "print",
        "acting": "break_glass",
        "case_id": None,
        "case_ids": [1, 3],
        "classes": ["open", "personal"],
        "recipient": "Northshire Housing",
        "about": {"list": "worklist"},
        "correlation": correlation,
    }


def test_an_event_with_few_words_is_an_alteration_by_a_command(officer: User) -> None:
    case = make_case()
    log(by=None, verb="tidy", case_id=case.pk)
    event = the_event()
    assert (event.by_id, event.by_name, event.operation, event.outcome, event.channel, event.case_id) == (
        None,
        "command line",
        "alteration",
        "done",
        "command",
        case.pk,
    )


def test_everything_written_in_one_transaction_has_the_same_number_where_no_request_gave_one() -> None:
    log(by=None, verb="one")
    log(by=None, verb="two")
    assert len(set(Event.objects.values_list("correlation", flat=True))) == 1


@pytest.mark.parametrize(("operation", "outcome"), [("gossip", "done"), ("access", "perhaps")])
def test_the_database_refuses_words_that_mean_nothing(operation: str, outcome: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        log(by=None, verb="any", operation=operation, outcome=outcome)


def test_nobody_writes_in_anothers_name(officer: User) -> None:
    other = make_person(Role.CASE_MANAGER)
    for by in (other, None):
        with as_person(officer):
            run("SET LOCAL ROLE openmappa_app")
            with pytest.raises(ProgrammingError), transaction.atomic():
                log(by=by, verb="open case")
            run("RESET ROLE")
    assert Event.objects.count() == 0


def test_nobody_writes_into_the_past_or_the_future() -> None:
    for shift in ("- interval '2 minutes'", "+ interval '1 minute'"):
        with as_application(), pytest.raises(ProgrammingError), transaction.atomic():
            run(
                "INSERT INTO audit_event (at, by_name, verb, operation) "
                f"VALUES (clock_timestamp() {shift}, 'nobody', 'sign in', 'access')"
            )


def test_who_is_not_signed_in_leaves_a_trace_of_trying_and_of_nothing_else(officer: User) -> None:
    with as_person(None):
        run("SET LOCAL ROLE openmappa_app")
        log(by=None, verb="sign in", operation="access", outcome="refused")
        log(by=officer, verb="sign in", operation="access")
        with pytest.raises(ProgrammingError), transaction.atomic():
            log(by=None, verb="open case", operation="consultation")
        run("RESET ROLE")
    assert list(Event.objects.order_by("at", "id").values_list("by_name", "outcome", "channel")) == [
        ("not signed in", "refused", "web"),
        (officer.full_name, "done", "web"),
    ]


def test_a_person_reads_their_own_events_an_auditor_all_and_nobody_stated_none(officer: User) -> None:
    auditor, other = make_person(Role.AUDITOR), make_person(Role.LINE_MANAGER)
    for by in (officer, other):
        with as_person(by):
            log(by=by, verb="open case", operation="consultation")

    def seen_by(reader: User | None) -> list[int | None]:
        with as_person(reader):
            return list(Event.objects.order_by("id").values_list("by_id", flat=True))

    assert seen_by(officer) == [officer.pk]
    assert seen_by(other) == [other.pk]
    assert seen_by(auditor) == [officer.pk, other.pk]
    assert seen_by(make_person(Role.ADMINISTRATOR)) == []
    assert seen_by(None) == []
    with as_person(auditor):
        assert Event.objects.filter(by_id=other.pk).count() == 1
    with as_application():
        run("SELECT set_config('openmappa.job', 'pretended', true)")
        assert answer("SELECT count(*) FROM audit_event") == [(0,)]


class TestForwarding:
    """Each event as a line of JSON, where the service is told to."""

    @pytest.fixture
    def lines(self, settings: Settings, caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
        settings.OPENMAPPA_AUDIT_LOG = "-"
        caplog.set_level(logging.INFO, "openmappa.audit")
        return caplog

    def test_a_line_tells_numbers_and_fixed_words_and_no_names(
        self,
        officer: User,
        lines: pytest.LogCaptureFixture,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True), as_person(officer):
            log(by=officer, verb="open case", operation="consultation", case_id=5, about={"name": "Sample Testcase"})
        (line,) = lines.messages
        told = json.loads(line)
        event = the_event()
        assert told.pop("at").endswith("+00:00")
        assert told == {
            "event": event.pk,
            "by": officer.pk,
            "agency": "Northshire Police",
            "role": "police_officer",
            "verb": "open case",
            "operation": "consultation",
            "outcome": "done",
            "channel": "web",
            "acting": "",
            "case": 5,
            "cases": [],
            "classes": [],
            "correlation": str(event.correlation),
        }

    def test_nothing_that_somebody_typed_begins_a_line_of_its_own(
        self,
        lines: pytest.LogCaptureFixture,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            log(by=None, verb='x\n{"event": 1}\r\u2028\x1b[2J')
        (line,) = lines.messages
        assert line.isascii() and line.isprintable()
        assert json.loads(line)["verb"] == 'x\n{"event": 1}\r\u2028\x1b[2J'

    def test_what_is_undone_is_not_passed_on(
        self,
        lines: pytest.LogCaptureFixture,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            log(by=None, verb="undone")
            transaction.set_rollback(True)
        assert lines.messages == []

    def test_nothing_is_passed_on_unless_asked_for(
        self, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        caplog.set_level(logging.INFO, "openmappa.audit")
        with django_capture_on_commit_callbacks(execute=True):
            log(by=None, verb="any")
        assert caplog.messages == []


def test_a_job_may_write_what_happened_earlier_the_application_may_not() -> None:
    event = write_event(the_day_before_yesterday := answer("SELECT now() - interval '2 days'")[0][0])
    assert Event.objects.get(pk=event.pk).at == the_day_before_yesterday
