"""What each page shows of cases: one table by the name of its address. A test fails for an address without a row.

A page of a case and a list are logged by the middleware. Prints, exports and downloads are logged by the service that
makes them, with whom they are for; the middleware adds nothing to those, and logs the form before them as a page.
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
    GIVEN_OUT = "given_out"


class Verb(StrEnum):
    """What the reading log says was done."""

    READ_CASE = "read case"
    READ_LIST = "read list"
    READ_LOG = "read log"
    SEARCH = "search"
    ASK = "ask for page"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one page shows: its name as the log's pages say it, its kind, and the classes of fields that it opens."""

    label: str
    kind: Kind
    classes: frozenset[FieldClass] = frozenset()

    @property
    def shows_cases(self) -> bool:
        """Whether it counts towards the reading limits, and stops with them."""
        return self.kind in (Kind.CASE, Kind.LIST, Kind.GIVEN_OUT)


RECORD = frozenset({FieldClass.PERSONAL, FieldClass.SENSITIVE})
"""The banner of a case alone has a name and a day of birth, and how high the risk is."""


def _nothing(*names: str) -> dict[str, Shown]:
    return {name: Shown("", Kind.NOTHING) for name in names}


def _list(pages: Mapping[str, str]) -> dict[str, Shown]:
    return {name: Shown(label, Kind.LIST, RECORD) for name, label in pages.items()}


def _case(pages: Mapping[str, str]) -> dict[str, Shown]:
    return {name: Shown(label, Kind.CASE, RECORD) for name, label in pages.items()}


SHOWN: Mapping[str, Shown] = {
    **_nothing(
        "accounts:me",
        "accounts:messages",
        "accounts:roles",
        "accounts:sign_in",
        "accounts:sign_out",
        "accounts:signed_out",
        "assessments:preview_rm2000",  # points of what was typed; nothing of the case
        "emergency:act",
        "emergency:end",
        "notices:list",  # sentences without names
        "notices:read",
        "notices:read_all",
        "oversight:ask",
        "oversight:judge",
        "oversight:unusual",
        "people:add",
        "people:add_unit",
        "people:arrange_cover",
        "people:address",
        "people:code",
        "people:come_back",
        "people:confirm",
        "people:covers",
        "people:decide",
        "people:end_cover",
        "people:leave",
        "people:line_managers",
        "people:list",
        "people:move",
        "people:person",
        "people:set_up",
        "people:set_up_done",
        "people:take_unit",
        "people:to_confirm",
        "people:to_confirm_file",
        "people:waiting",
        "retention:certificate",  # what is left of a case that was disposed of: nothing of its content
        "signin:agency",
        "signin:agency_back",
        "signin:end_sessions",
        "signin:mine",
        "signin:passkey",
        "signin:passkey_to_make",
        "signin:passkey_to_prove",
        "signin:passkey_to_use",
        "signin:password",
        "signin:person",
        "signin:prove",
        "signin:recovery_codes",
        "signin:remove_factor",
        "signin:second_factor",
        "signin:set_up",
        "signin:set_up_app",
        "signin:set_up_passkey",
        "signin:stay",
        "ui:accessibility",
        "ui:health",
        "ui:help",
        "ui:robots",
        "worklist:figures",
        "your_views:check",  # the offender's own answers, on a tablet on which nobody is signed in
        "your_views:give_back",
        "your_views:question",
        "your_views:start",
    ),
    **_list(
        {
            "cases:find": "Search results",
            "cases:mine": "My cases",
            "emergency:queue": "Emergency access to review",
            "involved:restricted": "Restricted cases",
            "line_management:changes": "Changes that nobody acknowledged",
            "line_management:late_starts": "Late starts",
            "line_management:not_reviewed": "High and very high cases not reviewed",
            "line_management:reviews_due": "Management reviews due",
            "line_management:starts": "Starts by person",
            "line_management:unit": "My unit",
            "line_management:unit_quality": "Quality of the unit’s work",
            "line_management:waiting": "What waits for countersignature",
            "people:hand_over": "Cases to hand over",
            "retention:disposals": "Disposals",
            "retention:reviews": "Retention reviews due",
            "worklist:mine": "Worklist",
        }
    ),
    **_case(
        {
            "assessments:countersign": "Form to countersign an RM2000",
            "assessments:list": "RM2000",
            "assessments:no_score": "Form to say why no RM2000 is made",
            "assessments:score_rm2000": "Form to score an RM2000",
            "emergency:end_here": "Giving the case back",
            "involved:end": "Form to end an involvement",
            "involved:invite": "Form to invite to the case",
            "involved:lift": "Form to lift the restriction",
            "involved:name": "Form to name people",
            "involved:restrict": "Form to restrict the case",
            "involved:who": "Who can open the case",
            "line_management:complete": "Form to complete an action of a management review",
            "line_management:explain": "Form to explain a late start",
            "line_management:mark": "Form to mark the quality of work",
            "line_management:marks": "Marks of quality of a piece of work",
            "line_management:quality": "Quality of the work on a case",
            "line_management:review": "Form to record a management review",
            "line_management:reviews": "Management reviews",
            "oasys:abandon": "Form to abandon an OASys",
            "oasys:answer": "Form to record information that came",
            "oasys:ask": "Form to ask for information",
            "oasys:autosave": "A section of an OASys, saved while typing",
            "oasys:chase": "Form to record a chaser",
            "oasys:compare": "What changed since the last OASys",
            "oasys:confidential": "Confidential section of an OASys",
            "oasys:correct": "Form to start a new version of an OASys",
            "oasys:countersign": "Form to countersign an OASys",
            "oasys:hand_over": "Form to hand over a tablet",
            "oasys:letter": "Letter asking for information",
            "oasys:list": "OASys assessments",
            "oasys:next": "What comes after an OASys",
            "oasys:requests": "Information asked of others",
            "oasys:section": "A section of an OASys",
            "oasys:self_assessment": "Self-assessment by the offender",
            "oasys:self_assessment_paper": "Questions on paper",
            "oasys:show": "An OASys",
            "oasys:sign": "Form to sign an OASys",
            "oasys:start": "Form to start an OASys",
            "oasys:summary": "Summary sheet of an OASys",
            "oasys:type_in": "Form to type in a self-assessment",
            "plans:abandon": "Form to abandon a plan",
            "plans:add": "Form to add to a plan",
            "plans:change": "Form to change a part of a plan",
            "plans:check": "What a plan lacks",
            "plans:edit": "A plan, being written",
            "plans:ground": "Form to choose what an objective answers",
            "plans:judge": "Form to countersign a plan",
            "plans:list": "Plans",
            "plans:progress": "Form to record progress",
            "plans:show": "A plan",
            "plans:sign": "Form to sign a plan",
            "plans:start": "Form to start a plan",
            "plans:step": "A step of a plan",
            "retention:case": "How long the case is kept",
            "retention:hold": "Form to hold disposal",
            "retention:judge": "Form to approve disposal",
            "retention:lift": "Form to lift a hold",
            "retention:review": "Form to review retention",
            "retention:withdraw": "Form to withdraw a disposal",
            "timeline:attach_file": "Form to attach a file",
            "timeline:change": "A change, and who knew of it when",
            "timeline:changes": "Changes, and who knew of them when",
            "timeline:correct_note": "Form to correct a note",
            "timeline:duties": "Duties",
            "timeline:front_sheet": "Front sheet",
            "timeline:history": "History of a part of the front sheet",
            "timeline:preview_registration": "How long registration lasts",
            "timeline:levels": "Levels over time, and who knew when",
            "timeline:prove": "Timeline, proving who one is",
            "timeline:record": "Form to record something",
            "timeline:record_menu": "What can be recorded",
            "timeline:recorded": "What an entry changed",
            "timeline:tell": "Form to tell of a change of circumstances",
            "timeline:tell_victim_risk": "Form to tell of a change of risk to a victim",
            "timeline:timeline": "Timeline",
            "timeline:void": "Form to void an entry",
            "timeline:void_file": "Form to void a file",
            "timeline:void_note": "Form to void a note",
            "timeline:write_note": "Form to write a note",
            "visits:list": "Home visits",
            "visits:record": "Form to record a home visit",
        }
    ),
    "plans:file_copy": Shown("Form to print a plan", Kind.GIVEN_OUT, RECORD),
    "plans:offender_copy": Shown("Form to print a plan for the offender", Kind.GIVEN_OUT, RECORD),
    "oasys:print": Shown("Form to print an OASys", Kind.GIVEN_OUT, RECORD),
    "timeline:export": Shown("Form to print or export the case", Kind.GIVEN_OUT, RECORD),
    "timeline:file": Shown("A file", Kind.GIVEN_OUT, RECORD),
    "worklist:export": Shown("Form to export a worklist", Kind.GIVEN_OUT, RECORD),
    "emergency:review": Shown("Emergency access", Kind.LOG),
    "oversight:extract": Shown("Extract from the log", Kind.GIVEN_OUT),
    "oversight:looked_at": Shown("What a person has looked at", Kind.LOG),
    "oversight:mine": Shown("What you have looked at", Kind.LOG),
    "oversight:seen_by": Shown("Who has seen a case", Kind.LOG),
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
