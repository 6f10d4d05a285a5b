"""Every address of the service, read from its URL configuration: what a sweep or a fuzzer goes through."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

PART = re.compile(r"<(?:(?P<kind>[a-z]+):)?(?P<name>\w+)>")


@dataclass(frozen=True)
class Route:
    """One address as it is written in a URL configuration, such as ``/cases/<uuid:key>/visits/``."""

    name: str
    written: str

    @property
    def parts(self) -> dict[str, str]:
        """The kind of each part: uuid, int, str, slug or path."""
        return {found["name"]: found["kind"] or "str" for found in PART.finditer(self.written)}

    def at(self, values: Mapping[str, object]) -> str:
        """The address with these values in its parts, as they stand."""
        return PART.sub(lambda found: str(values[found["name"]]), self.written)


def every_route() -> list[Route]:
    """All of them, by their address."""
    return sorted(_routes(get_resolver("openmappa.config.urls"), "/", ""), key=lambda route: route.written)


def _routes(resolver: URLResolver, before: str, space: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        written = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, written, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield Route(f"{space}{pattern.name}", written)
