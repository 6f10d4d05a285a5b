"""A page frame without the rest of the service, and a way to write a page in a test."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

Render = Callable[..., str]


@dataclass(frozen=True)
class Officer:
    """As much of a person as the frame of a page asks for."""

    display_name: str = "Sample Officer-Testcase"
    role_label: str = "Police officer"
    agency_name: str = "Sample Police"
    is_authenticated: bool = True
    permissions: tuple[str, ...] = ("view_case", "find_case")

    def may(self, permission: str) -> bool:
        """Whether the person has a permission, by its name."""
        return permission in self.permissions


@pytest.fixture(autouse=True)
def frame_only(settings: Any) -> None:
    """Only the addresses that the frame names."""
    settings.ROOT_URLCONF = "tests.ui.urls"
    settings.OPENMAPPA_SYNTHETIC = True
    settings.FRAME_PARTS = {}


@pytest.fixture
def signed_in() -> HttpRequest:
    """A request by somebody who is signed in."""
    request = RequestFactory().get("/")
    request.user = Officer()  # type: ignore[assignment]
    return request


@pytest.fixture
def render() -> Render:
    """Render a template written in the test with the service's own environment."""

    def rendered(source: str, request: HttpRequest | None = None, **context: Any) -> str:
        return str(engines.all()[0].from_string(source).render(context, request))

    return rendered
