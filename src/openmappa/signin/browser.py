"""Where a request comes from: the address, and the browser in words that its user recognises."""

import ipaddress
import re
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "a Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS", "a Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class CameFrom:
    """The network address a request came from (None when unknown) and the browser, as ``Firefox on Windows``."""

    address: str | None
    browser: str


def came_from(request: HttpRequest) -> CameFrom:
    """Where a request comes from."""
    return CameFrom(_address(request), browser_in_words(request.headers.get("User-Agent", "")))


def browser_in_words(user_agent: str) -> str:
    """``Firefox on Windows``; what a browser says of itself is not to be trusted, only recognised."""
    browser = next((name for mark, name in BROWSERS if f"{mark}/" in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser or 'A browser'} on {system or 'an unknown system'}"


def _address(request: HttpRequest) -> str | None:
    """The client's address.

    Each proxy of ours adds whom it heard from at the end of the list; what stands before those entries was written by
    whoever sent the request, and is not believed.
    """
    found = request.META.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    proxies = settings.OPENMAPPA_PROXIES
    if proxies and forwarded:
        found = forwarded[-min(proxies, len(forwarded))]
    try:
        return str(ipaddress.ip_address(re.sub(r"^\[(.*)\](?::\d+)?$", r"\1", found)))
    except ValueError:
        return None


def is_reached_by_name(request: HttpRequest) -> bool:
    """Whether the service is reached by a name, as passkeys need, and not by a number such as 127.0.0.1."""
    host = request.get_host()
    host = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return True
    return False
