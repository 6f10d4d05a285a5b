"""What a worklist can be narrowed and sorted by. All of it stands in the query string; none of it names a person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Self

from django.http import QueryDict

from openmappa.accounts.models import User
from openmappa.core.bands import HarmLevel, LikelihoodBand
from openmappa.core.packs.load import packs_in_service
from openmappa.worklist.queries.whose import Scope, scopes_for


class Sort(StrEnum):
    """The order within overdue, the next seven days, and later."""

    URGENT = "urgent"
    NEWEST = "newest"
    NAME = "name"


SORTS: Mapping[str, str] = {
    Sort.URGENT: "Earliest due date first",
    Sort.NEWEST: "Latest due date first",
    Sort.NAME: "Family name, A to Z",
}
BANDS: Mapping[str, str] = {band.value: band.label for band in LikelihoodBand}
HARM_LEVELS: Mapping[str, str] = {level.value: level.label for level in HarmLevel}
MAPPA_LEVELS: Mapping[str, str] = {"1": "Level 1", "2": "Level 2", "3": "Level 3"}


@cache
def standards() -> Mapping[str, str]:
    """Every standard of the packs in service, id to title, by title."""
    titles = {one.id: one.title for pack in packs_in_service() for one in pack.standards}
    return dict(sorted(titles.items(), key=lambda item: item[1]))


@dataclass(frozen=True)
class Filters:
    """What was asked for, with everything that makes no sense left out."""

    scope: Scope = Scope.MINE
    standard: str = ""
    band: tuple[str, ...] = ()
    harm: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    sort: Sort = Sort.URGENT

    @classmethod
    def asked(cls, query: QueryDict, user: User) -> Self:
        """Read the query string; an unknown value is as if it were not there."""
        scope = query.get("scope", "")
        return cls(
            scope=next((each for each in scopes_for(user) if each == scope), Scope.MINE),
            standard=next((each for each in standards() if each == query.get("standard")), ""),
            band=_known(query.getlist("band"), BANDS),
            harm=_known(query.getlist("harm"), HARM_LEVELS),
            level=_known(query.getlist("level"), MAPPA_LEVELS),
            sort=next((each for each in Sort if each == query.get("sort")), Sort.URGENT),
        )

    @property
    def address(self) -> str:
        """The query string that asks for this again, from its question mark on; what is as usual is left out."""
        query = QueryDict(mutable=True)
        usual = Filters()
        for name in ("scope", "standard", "sort"):
            if getattr(self, name) != getattr(usual, name):
                query[name] = str(getattr(self, name))
        for name in ("band", "harm", "level"):
            query.setlist(name, list(getattr(self, name)))
        return f"?{query.urlencode()}"

    @property
    def page_address(self) -> str:
        """The same up to the number of a page."""
        return f"{self.address}{'' if self.address == '?' else '&'}page="

    @property
    def cleared(self) -> "Filters":
        """The same list without anything that narrows it."""
        return Filters(scope=self.scope, sort=self.sort)

    def with_scope(self, scope: Scope) -> "Filters":
        """The same question about other people's duties."""
        return replace(self, scope=scope)

    def chips(self) -> list[dict[str, str]]:
        """Each filter in use, with the address of the list without it."""
        found = []
        if self.standard:
            found.append(_chip("Standard", standards()[self.standard], replace(self, standard="")))
        for value in self.band:
            found.append(_chip("Likelihood", BANDS[value], replace(self, band=_without(self.band, value))))
        for value in self.harm:
            found.append(_chip("Risk of harm", HARM_LEVELS[value], replace(self, harm=_without(self.harm, value))))
        for value in self.level:
            found.append(_chip("MAPPA", MAPPA_LEVELS[value], replace(self, level=_without(self.level, value))))
        return found


def _known(values: list[str], choices: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(choice for choice in choices if choice in values)


def _without(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(each for each in values if each != value)


def _chip(category: str, text: str, without: Filters) -> dict[str, str]:
    return {"category": category, "text": text, "href": without.address}
