import pytest
from tests.people.cast import *
from django.test import Client
pytestmark = pytest.mark.django_db

@pytest.mark.parametrize("name", ["list","add","waiting","to_confirm","line_managers","covers","arrange_cover"])
def test_pages(name):
    c = make_cast()
    a = look(c.administrator, name)
    assert a.status_code == 200, a.content.decode()[:3000]

@pytest.mark.parametrize("name", ["person","move","leave","code","confirm"])
def test_person(name):
    c = make_cast()
    a = look(c.administrator, name, c.officer.pk)
    assert a.status_code == 200, a.content.decode()[:3000]

def test_hand():
    c = make_cast()
    a = look(c.manager, "hand_over", c.officer.pk)
    assert a.status_code == 200, a.content.decode()[:3000]
    assert look(c.manager, "person", c.officer.pk).status_code == 200

def test_add():
    c = make_cast()
    a = send(c.administrator, "add", username="a.new", **answers(unit=str(c.unit.pk)))
    assert a.status_code == 302, page_of(a)
    p = User.objects.get(username="a.new")
    e = last_entry(p)
    assert look(c.manager, "decide", e.pk).status_code == 200
    a = send(c.manager, "decide", e.pk, decision="confirm", version=str(version_of(p)))
    assert a.status_code == 302, page_of(a)
    a = send(c.manager, "code", p.pk)
    assert a.status_code == 200
    print(page_of(a)[-1500:])
    assert Client().get("/set-up/").status_code == 200

def test_roles():
    c = make_cast()
    assert signed_in(c.officer).get("/roles/").status_code == 200
