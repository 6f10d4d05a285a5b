"""What each page shows of cases: one table by the name of its address. A test fails for an address without a row.

A page of a case and a list are logged by the middleware. Prints, exports and downloads are logged by the service that
makes them, with whom they are for; the middleware adds nothing to those.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from openmappa.core.compartments import FieldClass


class Kind(StrEnum):
    """What a page shows, as far as the log is concerned."""

    NOTHING = "nothing"
    CASE = "case"
    LIST = "list"
    LOG = "log"
    BY_SERVICE = "by_service"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one page shows: its name as the log's pages say it, its kind, and the classes of fields that it opens."""

    label: str
    kind: Kind
    classes: frozenset[FieldClass] = frozenset()

    @property
    def shows_cases(self) -> bool:
        """Whether it counts towards the reading limits, and stops with them."""
        return self.kind in (Kind.CASE, Kind.LIST, Kind.BY_SERVICE)


RECORD = frozenset({FieldClass.PERSONAL, FieldClass.SENSITIVE})
"""The banner of a case alone has a name and a day of birth, and how high the risk is."""
PERSONAL = frozenset({FieldClass.PERSONAL})


def _nothing(*names: str) -> dict[str, Shown]:
    return {name: Shown("", Kind.NOTHING) for name in names}


def _case(pages: Mapping[str, str]) -> dict[str, Shown]:
    return {name: Shown(label, Kind.CASE, RECORD) for name, label in pages.items()}


SHOWN: Mapping[str, Shown] = {
    **_nothing(
        "accounts:sign_in",
        "accounts:sign_out",
        "accounts:signed_out",
        "accounts:me",
        "accounts:roles",
        "assessments:preview_rm2000",  # points of what was typed; nothing of the case
        "oversight:ask",
        "oversight:unusual",
        "oversight:judge",
        "ui:accessibility",
        "ui:health",
        "ui:help",
        "ui:robots",
        "worklist:figures",
    ),
    "worklist:mine": Shown("Worklist", Kind.LIST, RECORD),
    "cases:find": Shown("Search results", Kind.LIST, RECORD),
    "cases:mine": Shown("My cases", Kind.LIST, RECORD),
    **_case(
        {
            "timeline:front_sheet": "Front sheet",
            "timeline:duties": "Duties",
            "timeline:timeline": "Timeline",
            "timeline:history": "History of a part of the front sheet",
            "timeline:record_menu": "What can be recorded",
            "timeline:record": "Form to record something",
            "timeline:recorded": "What an entry changed",
            "timeline:void": "Form to void an entry",
            "timeline:preview_registration": "How long registration lasts",
            "visits:list": "Home visits",
            "visits:record": "Form to record a home visit",
            "assessments:list": "Assessments",
            "assessments:score_rm2000": "Form to score an RM2000",
            "assessments:countersign": "Form to countersign an RM2000",
        }
    ),
    "oversight:seen_by": Shown("Who has seen a case", Kind.LOG),
    "oversight:looked_at": Shown("What a person has looked at", Kind.LOG),
    "oversight:mine": Shown("What you have looked at", Kind.LOG),
    "oversight:extract": Shown("Extract from the log", Kind.BY_SERVICE),
}
"""The table, by url name."""

UNKNOWN_CASE = Shown("A page of the case", Kind.CASE, frozenset(FieldClass))
UNKNOWN_PAGE = Shown("A page", Kind.LIST, frozenset(FieldClass))


def shown_on(page: str, *, of_a_case: bool) -> Shown:
    """What the page of this url name shows. One without a row is taken to show everything, and is logged so."""
    return SHOWN.get(page) or (UNKNOWN_CASE if of_a_case else UNKNOWN_PAGE)


def page_label(page: str) -> str:
    """The page's name as the log's pages say it; the url name itself where the page is no more."""
    row = SHOWN.get(page)
    return row.label or page if row else page
