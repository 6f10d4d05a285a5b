"""Anything sent anywhere by anybody: no answer is our mistake, and none holds a word that its reader may not see.

Seeded, so that a run in CI can be repeated; OPENMAPPA_FUZZ=20000 sends as many requests, other ones each time.
"""

import os
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmappa.core.access import Role
from tests.fuzz.world import NOBODY, World, make_world
from tests.support.routes import Route, every_route

pytestmark = pytest.mark.django_db
ROUTES = every_route()
ROLES = [role.value for role in Role] + [NOBODY]
REQUESTS = int(os.environ.get("OPENMAPPA_FUZZ", "0"))
FIELD = re.compile(r'<(?:input|select|textarea|button)\b[^>]*\bname="([^"]+)"')
NUMBERS = [0, 1, 2, 2**31, 2**63 - 1, 2**63, 10**30]
WORDS = [
    "",
    " ",
    "\0",
    "a\0b",
    "ⅷ",
    "\ud7ff",
    "‮",
    "%00",
    "%",
    "'; --",
    "{{7*7}}",
    "{% x %}",
    "<script>",
    "../../x",
    "=1+1",
    "x" * 5000,
]
BYTES = [b"", b"\0", b"\xff\xfe", b"a=%ff%00&b", b"{", b'{"a":', b"[" * 3000, b"--x\r\n", b"\r\n\r\n"]
KINDS = [
    "text/plain",
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=klingon",
    "x",
]
ODD = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(NUMBERS).map(str),
    st.sampled_from(
        ["-1", "1e400", "NaN", "99999999999", "٣", "31", "2026", "yes", "on", "open", "victim", "intelligence"]
    ),
    st.text(max_size=30),
)
HEADERS = st.dictionaries(
    st.sampled_from(["accept", "accept-language", "x-requested-with", "x-forwarded-for", "origin", "referer", "range",
                     "if-modified-since", "user-agent", "cookie", "x-http-method-override"]),
    st.sampled_from(["", "\xff", "fetch", "null", "-1", "bytes=0-", "a" * 9000, "*/*;q=x", "=;=;csrftoken=", "DELETE"]),
    max_size=3,
)  # fmt: skip
METHODS = ["GET", "POST", "POST", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "NONSENSE"]


@pytest.fixture
def world(settings: Any) -> World:
    settings.OPENMAPPA_READING_LIMITS_FACTOR = 1_000_000  # whoever reads this much is stopped; that has its own tests
    return make_world()


def values(world: World, route: Route, draw: Any) -> dict[str, object]:
    """Something for each part of the address: mostly what there is, sometimes what cannot be."""
    there: dict[str, list[object]] = {
        "key": [case.key for case in world.cases.values()],
        "note": [note.key for note in world.notes.values()],
        "file": [file.key for file in world.files.values()],
        "pk": [*range(1, 4), *(person.pk for person in world.people.values())],
        "what": ["likelihood", "incident", "registered", "oasys", "custody-started", "nonsense"],
    }
    odd: dict[str, list[object]] = {"uuid": [uuid.UUID(int=0), uuid.UUID(int=2**128 - 1)], "int": list(NUMBERS)}
    found = {}
    for name, kind in route.parts.items():
        choices = [*there.get(name, ["x", "-", "٣"]), *odd.get(kind, ["a-b", "0", "ÿ"])]
        found[name] = draw(st.sampled_from(choices))
    return found


@pytest.fixture
def fields(world: World) -> dict[str, list[str]]:
    """The fields of every form, by the name of its page, as those find them who may do most."""
    known: dict[str, list[str]] = {}
    for role in ("line_manager", "administrator", "mappa_coordinator", NOBODY):
        for route in ROUTES:
            address = route.at({name: _usual(world, name, kind) for name, kind in route.parts.items()})
            page = world.browser(role).get(address)
            if page.headers["Content-Type"].startswith("text/html"):
                known.setdefault(route.name, []).extend(FIELD.findall(page.content.decode()))
    return {name: sorted(set(found) - {"csrfmiddlewaretoken"}) for name, found in known.items()}


def _usual(world: World, name: str, kind: str) -> object:
    keys = {"key": world.cases["own"].key, "note": world.notes["open"].key, "file": world.files["open"].key}
    return keys.get(name, {"int": 1, "uuid": uuid.UUID(int=1)}.get(kind, "incident"))


def send(browser: Client, draw: Any, route: Route, address: str, fields: list[str]) -> Any:
    method, headers = draw(st.sampled_from(METHODS)), draw(HEADERS)
    address += "?" + draw(
        st.sampled_from(["", "", "page=-1", "page=%ff", "sort=x&sort=%00", "next=//x", "q=%00", "a" * 3000])
    )
    sort = draw(st.sampled_from(["form", "form", "form", "files", "bytes", "json"]))
    if method in ("GET", "HEAD"):
        return browser.generic(method, address, headers=headers)
    if sort == "bytes":
        kind = draw(st.sampled_from(KINDS))
        return browser.generic(method, address, draw(st.sampled_from(BYTES)), content_type=kind, headers=headers)
    names = [*fields, "x", "page"]
    sent: dict[str, Any] = draw(st.dictionaries(st.sampled_from(names), ODD, max_size=min(len(names), 12)))
    if sort == "json":
        return browser.generic(method, address, b"[1]", content_type="application/json", headers=headers)
    if sort == "files":
        content = draw(st.sampled_from([*BYTES, b"%PDF-1.7\n", b"PK\x03\x04", b"GIF89a", b"\xff\xd8\xff"]))
        name = draw(st.sampled_from(["a.txt", "../../a.pdf", "\0.docx", "a.jpg", "x" * 300 + ".png", ""])) or "x"
        sent[draw(st.sampled_from(names))] = SimpleUploadedFile(name.replace("\0", "_"), content)
    if method == "POST":
        return browser.post(address, sent, headers=headers)
    return browser.generic(method, address, b"a=b", headers=headers)


def leaked(answer: Any, secrets: set[str]) -> list[str]:
    """The words of the answer, its headers included, that its reader may not see."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = content.decode(errors="replace") + str(dict(answer.headers))
    return [word for word in sorted(secrets) if word in text]


def test_whatever_is_sent_anywhere_by_anybody_is_answered_without_mistake_and_without_leak(
    world: World, fields: dict[str, list[str]]
) -> None:
    @settings(
        max_examples=REQUESTS or 1500,
        derandomize=not REQUESTS,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def sent(data: st.DataObject) -> None:
        route = data.draw(st.sampled_from(ROUTES))
        role = data.draw(st.sampled_from(ROLES))
        address = route.at(values(world, route, data.draw))
        with transaction.atomic():  # whatever is recorded, it is gone afterwards
            answer = send(world.browser(role), data.draw, route, address, fields.get(route.name, []))
            found = answer.status_code, leaked(answer, world.secrets(role))
            transaction.set_rollback(True)
        assert found[0] < 500, (role, address)
        assert found[1] == [], (role, address)

    sent()


def test_no_page_of_any_case_holds_a_word_that_its_reader_may_not_see(world: World) -> None:
    found = [
        (role, route.name, wrong)
        for role in ROLES
        for route in ROUTES
        for usual in _each(world, route)
        if (wrong := _opened(world, role, route.at(usual)))
    ]
    assert found == []


def _each(world: World, route: Route) -> Iterator[dict[str, object]]:
    """The parts of an address for every case, and every note and file of it; once where it names no case."""
    for case in world.cases.values() if "key" in route.parts else [world.cases["own"]]:
        for key in [*world.notes] if {"note", "file"} & route.parts.keys() else ["open"]:
            usual = {name: _usual(world, name, kind) for name, kind in route.parts.items()}
            yield usual | {"key": case.key, "note": world.notes[key].key, "file": world.files[key].key}


def _opened(world: World, role: str, address: str) -> tuple[int, list[str]] | None:
    """What is wrong with what this role is answered, if anything is; whatever it did is taken back."""
    with transaction.atomic():
        answer = world.browser(role).get(address)
        words = leaked(answer, world.secrets(role))
        transaction.set_rollback(True)
    return (answer.status_code, words) if words or answer.status_code >= 500 else None


def test_there_is_something_to_leak_and_who_may_see_it_does(world: World) -> None:
    key = world.cases["own"].key
    page = world.browser("line_manager").get(f"/cases/{key}/timeline/").content.decode()
    for word in ("Zzown", "Zzopen", "Zzconfidential", "Zzvictim", "Zzintelligence"):
        assert word in page, word
    officer = world.browser("police_officer").get(f"/cases/{key}/timeline/").content.decode()
    assert [word in officer for word in ("Zzopen", "Zzvictim")] == [True, False]
    assert [role for role in ROLES if not world.secrets(role)] == []
