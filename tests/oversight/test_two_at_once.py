"""Counting is right for two processes: the pages that one person opens at the same moment are counted one by one."""

import threading

import pytest
from django.db import connections
from django.urls import reverse

from openmappa.accounts.models import User
from openmappa.core.access import Role
from openmappa.oversight.models import UnusualReading
from tests.oversight.build import logged, read_so_many
from tests.timeline.build import make_case, make_person, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_four_cases_opened_at_once_with_two_left_two_are_shown() -> None:
    officer = make_person(Role.POLICE_OFFICER)
    browsers = [signed_in(officer) for _ in range(4)]
    cases = [make_case(police_officer=officer) for _ in browsers]
    read_so_many(officer, 58)
    together, answers = threading.Barrier(len(cases)), list[int]()

    def open_page(number: int) -> None:
        together.wait(30)
        address = reverse("timeline:front_sheet", kwargs={"key": cases[number].key})
        answers.append(browsers[number].get(address).status_code)
        connections.close_all()

    threads = [threading.Thread(target=open_page, args=(number,)) for number in range(len(cases))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answers) == [200, 200, 429, 429]
    assert UnusualReading.objects.filter(stopped_until__isnull=False).count() == 1


def test_what_is_told_once_a_day_is_told_once_by_two_at_once() -> None:
    officer: User = make_person(Role.POLICE_OFFICER)
    for _ in range(25):
        logged(officer, case_id=make_case(police_officer=officer).pk)
    browsers = [signed_in(officer) for _ in range(3)]
    cases = [make_case(police_officer=officer) for _ in browsers]
    together = threading.Barrier(len(cases))

    def open_page(number: int) -> None:
        together.wait(30)
        browsers[number].get(reverse("timeline:front_sheet", kwargs={"key": cases[number].key}))
        connections.close_all()

    threads = [threading.Thread(target=open_page, args=(number,)) for number in range(len(cases))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert UnusualReading.objects.count() == 1
