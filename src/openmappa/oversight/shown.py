"""What each page shows of cases: one table by the name of its address. A test fails for an address without a row.

A page of a case and a list are logged by the middleware. Prints, exports and downloads are logged by the service that
makes them, with whom they are for; the middleware adds nothing to those, and logs the form before them as a page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from openmappa.core.compartments import FieldClass
from openmappa.oversight.shown_of_assurance import ASSURANCE_FIGURES, ASSURANCE_PAGES
from openmappa.oversight.shown_of_orders import ORDER_PAGES


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

REFERENCES = frozenset({FieldClass.OPEN})
"""The reference of a case and the days of an action, as a notice has them: no name, nothing that was recorded."""


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
        "coordination:came",  # counts by agency
        "coordination:coming",  # sittings, which hold nothing of a case
        "coordination:export_figures",  # counts, and no case
        "coordination:figures",
        "emergency:act",
        "further_offences:lessons",  # sentences without names
        "further_offences:one_lesson",
        "further_offences:share",
        "movements:give",
        "emergency:end",
        "meetings:add",  # a form about a sitting, which holds nothing of any case
        "meetings:calendar",
        "meetings:cancel",
        "meetings:directory",
        "meetings:directory_add",
        "meetings:directory_change",
        "meetings:directory_leave",
        "meetings:move",
        "meetings:people",
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
        "referrals:discard",
        "referrals:start",  # what the referrer types in; nothing of any case
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
        "transfers:directory",
        "transfers:mine",
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
    **_nothing(*ASSURANCE_FIGURES),
    **_list(ASSURANCE_PAGES),
    **_case(ORDER_PAGES),
    **_list(
        {
            "cases:find": "Search results",
            "further_offences:desk": "Reviews of serious further offences",
            "further_offences:mine": "Contributions to reviews",
            "further_offences:write": "A contribution of one’s own agency",
            "movements:acknowledge": "Acknowledging a release",
            "movements:change": "Form to change a notice of release",
            "movements:arrivals": "Arrivals from prison",
            "movements:match": "Form to match a notice of release",
            "movements:moves": "Temporary moves",
            "movements:release": "A notice of release",
            "movements:releases": "Planned releases",
            "cases:mine": "My cases",
            "meetings:call": "Form to call a sitting",
            "meetings:day": "Agendas of a day",
            "meetings:mine": "My meetings",
            "minutes:mine": "Minutes made out to me",
            "transfers:accept": "Form to accept a transfer",
            "transfers:approve": "Form to approve a transfer",
            "transfers:decline": "Form to decline a transfer",
            "transfers:give_back": "Form to give a case back",
            "transfers:list": "Transfers",
            "transfers:recall": "Form to recall a transfer",
            "transfers:send": "Form to send a transfer",
            "transfers:show": "A transfer",
            "meetings:sitting": "A sitting",
            "coordination:behind": "Cases behind a figure of MAPPA",
            "coordination:day": "Draft of a day of meetings",
            "coordination:desk": "Coordinator’s desk",
            "coordination:list": "A list of the coordinator’s desk",
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
            "referrals:answer": "Form to answer what was asked about a referral",
            "referrals:decide": "Form to decide a referral",
            "referrals:edit": "A draft of a referral",
            "referrals:match": "Cases that a referral may be about",
            "referrals:mine": "My referrals",
            "referrals:more": "Form to ask the referrer for more",
            "referrals:queue": "Referrals to screen",
            "referrals:screen": "Screening of a referral",
            "referrals:screeners": "Form to ask somebody to screen",
            "referrals:show": "A referral of one’s own",
            "referrals:view": "Form to say what one thinks of a referral",
            "retention:disposals": "Disposals",
            "retention:reviews": "Retention reviews due",
            "actions:deed": "Form to do something with an action",
            "actions:list": "Actions",
            "actions:show": "An action of a meeting",
            "worklist:mine": "Worklist",
        }
    ),
    **_case(
        {
            "actions:agree": "Form to agree an action",
            "actions:by_number": "An action of a meeting, without its text",
            "actions:of_case": "Actions of meetings",
            "actions:take_up": "Form to open the page of an action",
            "assessments:countersign": "Form to countersign an RM2000",
            "assessments:list": "RM2000",
            "assessments:no_score": "Form to say why no RM2000 is made",
            "assessments:score_rm2000": "Form to score an RM2000",
            "coordination:case": "MAPPA on the case",
            "emergency:end_here": "Giving the case back",
            "further_offences:ask": "Form to ask another agency to contribute",
            "further_offences:conclude": "Form to conclude a review",
            "further_offences:lesson": "Form to record a lesson",
            "further_offences:list": "Serious further offences",
            "further_offences:notified": "Form to record a notification",
            "further_offences:open": "Form to open a review",
            "further_offences:read": "A contribution to a review",
            "further_offences:show": "A review of a serious further offence",
            "movements:arrival": "Form to say which prison",
            "movements:case": "Releases and moves",
            "movements:change_move": "Form to change a temporary move",
            "movements:give_for_case": "Form to give notice of a release",
            "movements:give_move": "Form to give notice of a temporary move",
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
            "meetings:agenda": "Agenda of a MAPPA meeting",
            "meetings:answer": "Form to write down an answer to an invitation",
            "meetings:attend": "Form to write down attendance",
            "meetings:invite": "Form to invite to a meeting",
            "meetings:invite_all": "Inviting whoever is missing",
            "meetings:of_case": "MAPPA meetings of a case",
            "meetings:one": "A meeting that one is invited to",
            "meetings:show": "A MAPPA meeting",
            "meetings:take_back": "Withdrawing written information",
            "meetings:take_off": "Form to take a case off a list",
            "meetings:withdraw": "Form to withdraw an invitation",
            "minutes:account": "What became of an action of the last meeting",
            "minutes:add_action": "Form to agree an action in a meeting",
            "minutes:as_answered": "Form to note who attended, as they answered",
            "minutes:attendance": "Form to note who attended",
            "minutes:take_over": "Form to take over what agencies wrote",
            "minutes:case": "Meetings and minutes",
            "minutes:chair": "Form to change the chair of a meeting",
            "minutes:check": "Form to check minutes",
            "minutes:close": "Form to close a meeting",
            "minutes:conclusion": "Level and review, saved in a meeting",
            "minutes:correct": "Form to correct minutes",
            "minutes:entry": "A line of a meeting, saved while typing",
            "minutes:issue": "Form to issue minutes",
            "minutes:line": "Form to change a line of minutes",
            "minutes:new_line": "Form to add a line to minutes",
            "minutes:news": "What is new in a meeting",
            "minutes:open": "Form to open a meeting",
            "minutes:run": "A meeting, being minuted",
            "minutes:show": "Minutes",
            "minutes:told": "What the offender may be told of a meeting",
            "minutes:withdraw": "Form to withdraw a copy of minutes",
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
            "transfers:ask": "Form to ask for a transfer",
            "transfers:responsible": "Who was responsible when",
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
            "referrals:answer_meeting": "Form to answer about a meeting outside MAPPA",
            "referrals:category": "Form to confirm the MAPPA category",
            "referrals:decide_level": "Form to decide the MAPPA level",
            "referrals:levels": "MAPPA level and category",
            "referrals:other_meetings": "Meetings outside MAPPA",
            "referrals:question": "Form to ask about a meeting outside MAPPA",
            "referrals:record_other_meeting": "Form to record a meeting outside MAPPA",
            "referrals:refer": "Form to refer the case to MAPPA",
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
    "board:meeting": Shown("A meeting of the board", Kind.LIST, REFERENCES),
    "board:close": Shown("Form to close a meeting of the board", Kind.LIST, REFERENCES),
    "minutes:copy": Shown("A copy of minutes", Kind.GIVEN_OUT, RECORD),
    "minutes:printed": Shown("Form to print decisions for the offender", Kind.GIVEN_OUT, RECORD),
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
