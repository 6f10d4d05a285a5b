import pytest
from django.urls import reverse
from openmappa.core.access import Role
from tests.timeline.build import *
pytestmark = pytest.mark.django_db

def test_pages() -> None:
    case = make_case()
    write(case, "registered", ago(400))
    write(case, "order_started", ago(300), order="licence")
    write(case, "rm2000_completed", ago(200), band="high", rank="constable")
    v = write(case, "home_visit", ago(20), service="police", outcome="seen", announced=False, joint=False)
    user = make_person(Role.LINE_MANAGER)
    client = signed_in(user)
    for name in ("front_sheet", "duties", "timeline", "record_menu"):
        r = client.get(reverse(f"timeline:{name}", kwargs={"key": case.key}))
        assert r.status_code == 200, name
    r = client.get(reverse("timeline:recorded", kwargs={"key": case.key, "pk": v.pk}))
    assert r.status_code == 200
    print(r.content.decode()[6000:])
    r = client.get(reverse("timeline:void", kwargs={"key": case.key, "pk": v.pk}))
    assert r.status_code == 200
