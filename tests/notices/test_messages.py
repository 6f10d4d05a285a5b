"""Messages by e-mail: that there is something to read, to those who want it, once, and not a word of any case."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone

from openmappa.accounts.models import Mail, User
from openmappa.cases.models import Case, Person
from openmappa.config.environment import SettingsError
from openmappa.config.mail import mail_settings
from openmappa.core.access import Role
from openmappa.notices.models import Mailing, Notice
from openmappa.notices.services import mark_all_read, send_messages, tell
from tests.support.smtp import Mailbox, smtp_server
from tests.timeline.build import ago, make_case, make_person, signed_in, today, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Any) -> Iterator[Mailbox]:
    with smtp_server() as mailbox:
        for name, value in mail_settings(f"smtp+plain://127.0.0.1:{mailbox.port}").items():
            setattr(settings, name, value)
        settings.OPENMAPPA_ADDRESS = "https://mappa.example"
        settings.OPENMAPPA_DIGEST_HOUR = 0
        yield mailbox


def somebody(address: str = "a.sampleton@police.example", mail: str = Mail.AT_ONCE) -> User:
    person = make_person(Role.POLICE_OFFICER)
    person.email, person.mail = address, mail
    person.save()
    return person


def told(person: User, words: str = "Something on case TST-1 has changed.", **more: object) -> None:
    tell(people=[person], kind="change", words=words, **more)  # type: ignore[arg-type]


def test_not_a_word_of_any_case_is_in_a_message(server: Mailbox) -> None:
    manager = make_person(Role.CASE_MANAGER)
    case = make_case(police_officer=somebody(), case_manager=manager)
    Person.objects.filter(pk=case.person_id).update(given_names="Zebedee", family_name="Quillfeather", crn="X998877")
    write(case, "registered", ago(50))
    for level in ("medium", "very_high"):
        write(case, "harm_level_set", ago(0), by=manager, level=level)
    assert send_messages().sent == 1
    person = Person.objects.get()
    secrets = [case.reference, person.given_names, person.family_name, person.crn, str(case.key), manager.full_name]
    secrets += ["high", "medium", "harm", "risk", "offender", "police officer", "Northshire", str(person.born_on)]
    found = server.words.casefold()
    assert [word for word in secrets if word.casefold() in found] == []
    (message,) = server.messages
    assert (message["To"], message["Subject"]) == ("a.sampleton@police.example", "Something to read in OpenMAPPA")


def test_it_says_how_many_the_soonest_day_and_where(server: Mailbox) -> None:
    person = somebody()
    told(person, due_on=ago(-9))
    told(person, due_on=ago(-3))
    send_messages()
    body = server.messages[0].get_content()
    soonest = ago(-3)
    assert body.splitlines()[2:5] == [
        f"There are 2 notices for you to read in OpenMAPPA. The first thing to do is due by {soonest:%A} "
        f"{soonest.day} {soonest:%B} {soonest.year}.",
        "",
        "Sign in here: https://mappa.example/notices/",
    ]


def test_nobody_is_sent_the_same_twice_and_what_is_new_comes_by_itself(server: Mailbox) -> None:
    person = somebody()
    told(person)
    assert [send_messages().sent for _ in range(2)] == [1, 0]
    told(person)
    assert (send_messages().sent, len(server.raw)) == (1, 2)
    assert server.messages[0]["Message-ID"] != server.messages[1]["Message-ID"]


def test_nothing_is_sent_about_what_was_read_is_old_or_is_not_wanted(server: Mailbox) -> None:
    readers = [somebody(f"p{number}@police.example") for number in range(5)]
    for person in readers:
        told(person)
    mark_all_read(by=readers[0])
    Notice.objects.filter(to=readers[1]).delete()
    Notice.objects.create(to=readers[1], kind="x", words="Old.", at=timezone.now() - timedelta(days=8))
    User.objects.filter(pk=readers[2].pk).update(mail=Mail.NONE)
    User.objects.filter(pk=readers[3].pk).update(email="")
    User.objects.filter(pk=readers[4].pk).update(is_active=False)
    assert (send_messages().sent, server.to) == (0, [])


def test_a_digest_comes_once_a_day_from_its_hour_on(server: Mailbox, settings: Any) -> None:
    person = somebody(mail=Mail.DAILY)
    told(person)
    settings.OPENMAPPA_DIGEST_HOUR = 24
    assert send_messages().sent == 0
    settings.OPENMAPPA_DIGEST_HOUR = 0
    assert send_messages().sent == 1
    told(person)
    assert (send_messages().sent, Mailing.objects.get().digest_on) == (0, today())
    Mailing.objects.update(digest_on=ago(1))
    assert send_messages().sent == 1


def test_one_bad_address_stops_nobody_and_is_tried_again_later_and_later(server: Mailbox) -> None:
    bad, good = somebody("gone@police.example"), somebody("here@police.example")
    server.refuses = {"gone@police.example"}
    told(bad)
    told(good)
    done = send_messages()
    assert (done.sent, done.failed, server.to) == (1, 1, ["here@police.example"])
    row = Mailing.objects.get(person=bad)
    assert row.next_at is not None and row.next_at > timezone.now() + timedelta(minutes=4)
    assert (row.tries, send_messages().failed) == (1, 0)
    Mailing.objects.filter(person=bad).update(next_at=timezone.now())
    assert send_messages().failed == 1
    row.refresh_from_db()
    assert row.next_at is not None and row.next_at > timezone.now() + timedelta(minutes=9)
    server.refuses = set()
    Mailing.objects.filter(person=bad).update(next_at=timezone.now())
    assert (send_messages().sent, server.to[-1]) == (1, "gone@police.example")


def test_a_server_that_is_not_there_loses_nothing(server: Mailbox, settings: Any) -> None:
    person = somebody()
    told(person)
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    done = send_messages()
    assert (done.sent, done.failed, done.unreached != "") == (0, 0, True)
    settings.EMAIL_PORT = there
    assert send_messages().sent == 1


class Killed(BaseException):
    """The process ended between the server's word and the database's."""


def test_stopped_between_sending_and_saying_so_it_is_sent_once_more_with_the_same_id(
    server: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = somebody()
    told(person)

    def killed(self: Mailing, *args: object, **more: object) -> None:
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(Mailing, "save", killed)
        send_messages()
    assert (len(server.raw), Notice.objects.filter(mailed_at__isnull=False).count()) == (1, 0)
    send_messages()
    first, second = server.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert send_messages().sent == 0


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_message_once(server: Mailbox) -> None:
    for number in range(6):
        told(somebody(f"p{number}@police.example"))
    begin = threading.Barrier(2)
    sent: list[int] = []

    def send() -> None:
        begin.wait(timeout=10)
        sent.append(send_messages().sent)
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    send_messages()
    assert sorted(server.to) == [f"p{number}@police.example" for number in range(6)]
    connection.close()


def test_the_command_says_what_it_did_and_refuses_without_a_server(server: Mailbox, settings: Any) -> None:
    told(somebody())
    said = StringIO()
    call_command("send_notices", stdout=said)
    assert said.getvalue() == "Sent 1; 0 failed and will be tried again.\n"
    settings.OPENMAPPA_EMAIL_URL = ""
    with pytest.raises(CommandError, match="OPENMAPPA_EMAIL_URL"):
        call_command("send_notices")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mail.example", "is no address that messages can be sent to"),
        ("smtp://mail.example:post", "has a port that is no number"),
        ("smtp+plain://mail.example", "would send to mail.example without TLS"),
        ("http://user:secret@mail.example", "is no address that messages can be sent to"),
    ],
)
def test_an_address_that_makes_no_sense_is_refused_with_a_hint_and_without_its_password(
    address: str, words: str
) -> None:
    with pytest.raises(SettingsError, match=words) as refused:
        mail_settings(address)
    assert "secret" not in str(refused.value)


def test_an_address_is_read_with_its_name_password_and_tls() -> None:
    found = mail_settings("smtps://an%40officer:p%2Fw@mail.example")
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("an@officer", "p/w")
    assert (found["EMAIL_PORT"], found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (465, True, False)
    assert mail_settings("smtp://mail.example")["EMAIL_USE_TLS"] is True
    assert mail_settings("file:/srv/mail")["EMAIL_FILE_PATH"] == "/srv/mail"
    assert (mail_settings(""), "console" in mail_settings("console:")["EMAIL_BACKEND"]) == ({}, True)


def test_people_choose_for_themselves_where_and_when() -> None:
    person = make_person(Role.CASE_MANAGER)
    browser = signed_in(person)
    page = browser.post("/you/messages/", {"email": "", "mail": "daily"}).content.decode()
    assert "Enter the address that messages should go to, or choose never" in page
    answer = browser.post("/you/messages/", {"email": "c@probation.example", "mail": "daily"})
    assert answer["Location"] == "/you/?saved=messages"
    person.refresh_from_db()
    assert (person.email, person.mail) == ("c@probation.example", "daily")
    assert "Once a day, all together" in browser.get("/you/").content.decode()


def test_an_administrator_writes_down_an_address_and_nobody_else_does() -> None:
    officer, administrator = make_person(Role.POLICE_OFFICER), make_person(Role.ADMINISTRATOR)
    address = f"/people/{officer.pk}/address/"
    assert signed_in(administrator).post(address, {"email": "o@police.example"}).status_code == 302
    assert signed_in(make_person(Role.LINE_MANAGER)).post(address, {"email": "x@elsewhere.example"}).status_code == 403
    officer.refresh_from_db()
    assert officer.email == "o@police.example"
    assert Case.objects.count() == 0
