"""What each role gets at each address: the table that the access tests go through."""

from dataclasses import dataclass

from tests.house.addresses_of_orders import ORDER_ROWS
from tests.house.addresses_of_the_board import ROWS_ELSEWHERE

from openmappa.core.access import Role

POLICE, MANAGER, LINE, COORDINATOR = "police_officer", "case_manager", "line_manager", "mappa_coordinator"
VICTIMS, PARTNER, BOARD, INSPECTOR = "victim_contact_officer", "partner_member", "smb_member", "inspector"
ADMINISTRATOR, AUDITOR = "administrator", "auditor"
OPENS_CASES = {POLICE, MANAGER, LINE, COORDINATOR}
FINDS = OPENS_CASES | {VICTIMS}
READS = FINDS | {BOARD, INSPECTOR}
ASKED = FINDS | {PARTNER}
SEES_FIGURES = {LINE, COORDINATOR, BOARD, INSPECTOR, AUDITOR}
LOOKS_AFTER_PEOPLE = {LINE, COORDINATOR, ADMINISTRATOR}
EVERYBODY = {role.value for role in Role}
ANONYMOUS = "anonymous"
SIGN_IN, SESSION_ENDED = 302, 403


@dataclass(frozen=True)
class Row:
    """An address without a case: who may open it, whether the signed-out may, and what sending a form to it gives."""

    opens: set[str]
    signed_out: int = SIGN_IN
    get: int = 200
    post: int = 405
    post_signed_out: int = SESSION_ENDED


@dataclass(frozen=True)
class CaseRow:
    """An address of a case: who may open it, and what an empty form sent there gives those who may (None: no form).

    ``get`` is what opening it gives those who may; ``needs`` names the row of the case that its address holds.
    """

    opens: set[str]
    post: int | None = None
    get: int = 200
    needs: str = ""


PAGES_WITHOUT_A_CASE = {
    "worklist:mine": Row(EVERYBODY),
    "actions:list": Row(FINDS | {PARTNER}),
    "worklist:figures": Row(SEES_FIGURES),
    "worklist:export": Row({LINE, COORDINATOR}, post=200),
    "coordination:figures": Row(SEES_FIGURES),
    "coordination:desk": Row({COORDINATOR}),
    "coordination:day": Row({COORDINATOR}, post=200),
    "coordination:coming": Row({COORDINATOR}),
    "coordination:came": Row({COORDINATOR}),
    "coordination:export_figures": Row(SEES_FIGURES, post=200),
    "findings:reports": Row({LINE, COORDINATOR, BOARD, INSPECTOR}),
    "board:tables": Row(SEES_FIGURES),
    "board:overview": Row(SEES_FIGURES),
    "board:targets": Row(SEES_FIGURES),
    "board:report": Row(SEES_FIGURES),
    "board:groups": Row(SEES_FIGURES),
    "board:staff": Row(SEES_FIGURES),
    "board:work_out": Row(SEES_FIGURES, get=405, post=302),
    "board:behind": Row({LINE, COORDINATOR}),
    "board:export": Row(SEES_FIGURES, post=200),
    "workload:list": Row(SEES_FIGURES),
    "workload:ask": Row(SEES_FIGURES, post=200),
    **{f"board:{name}": Row(SEES_FIGURES) for name in ("home", "attendance", "members", "meetings", "plan", "links")},
    **{
        f"board:{name}": Row({COORDINATOR, BOARD}, post=200)
        for name in ("add_member", "call", "begin_plan", "add_body")
    },
    "annual_report:list": Row(SEES_FIGURES),
    "annual_report:begin": Row({COORDINATOR, BOARD}, post=200),
    "case_audits:list": Row(SEES_FIGURES),
    "good_practice:list": Row(READS | {PARTNER}),
    "good_practice:add": Row({COORDINATOR, BOARD}, post=200),
    "case_audits:begin": Row({COORDINATOR, BOARD}, post=200),
    "case_audits:feedback_list": Row(READS),
    "cases:find": Row(FINDS, post=200),
    "cases:mine": Row(FINDS),
    "meetings:mine": Row(ASKED),
    "minutes:mine": Row(ASKED),
    "transfers:list": Row({LINE, COORDINATOR}),
    "transfers:directory": Row(FINDS),
    "transfers:mine": Row({COORDINATOR}, post=302),
    "meetings:call": Row({LINE, COORDINATOR}, post=200),
    "meetings:directory": Row({LINE, COORDINATOR}),
    "meetings:directory_add": Row({COORDINATOR}, post=200),
    "accounts:sign_in": Row(EVERYBODY, 200, get=302, post=302, post_signed_out=200),
    "accounts:sign_out": Row(EVERYBODY, 405, get=405, post=302, post_signed_out=302),
    "accounts:signed_out": Row(EVERYBODY, 200, post_signed_out=405),
    "accounts:me": Row(EVERYBODY),
    "accounts:messages": Row(EVERYBODY, post=200),
    "accounts:roles": Row(EVERYBODY),
    "ui:help": Row(EVERYBODY, 200, post_signed_out=405),
    "ui:accessibility": Row(EVERYBODY, 200, post_signed_out=405),
    "ui:health": Row(EVERYBODY, 200, post_signed_out=405),
    "ui:robots": Row(EVERYBODY, 200, post_signed_out=405),
    "notices:list": Row(EVERYBODY),
    "notices:read_all": Row(EVERYBODY, get=405, post=302),
    "emergency:act": Row(FINDS, post=200),
    "emergency:queue": Row({LINE, COORDINATOR}),
    "involved:restricted": Row(FINDS),
    "oversight:ask": Row({LINE, AUDITOR}, post=200),
    "oversight:mine": Row(EVERYBODY),
    "oversight:unusual": Row({LINE, AUDITOR}),
    "oversight:extract": Row({AUDITOR}, post=200),
    "referrals:mine": Row(FINDS | {PARTNER}),
    "referrals:start": Row(FINDS | {PARTNER}, post=200),
    "referrals:queue": Row({POLICE, LINE, COORDINATOR}),
    "retention:reviews": Row({LINE}),
    "retention:disposals": Row({LINE, COORDINATOR, AUDITOR}),
    "your_views:start": Row(set(), 403, get=403, post_signed_out=405),
    "your_views:check": Row(set(), 403, get=403, post=403, post_signed_out=403),
    "your_views:give_back": Row(set(), 403, get=403, post=403, post_signed_out=403),
    "people:list": Row(LOOKS_AFTER_PEOPLE, post=302),
    "people:add": Row({ADMINISTRATOR}, post=200),
    "people:waiting": Row(LOOKS_AFTER_PEOPLE),
    "people:to_confirm": Row(LOOKS_AFTER_PEOPLE),
    "people:to_confirm_file": Row(LOOKS_AFTER_PEOPLE, get=405, post=200),
    "people:line_managers": Row({ADMINISTRATOR}, post=200),
    "people:add_unit": Row({ADMINISTRATOR}, post=200),
    "people:posts": Row({LINE, ADMINISTRATOR}),
    "people:covers": Row(EVERYBODY),
    "people:arrange_cover": Row({LINE, ADMINISTRATOR}, post=200),
    "people:set_up": Row(EVERYBODY, 200, get=302, post=302, post_signed_out=200),
    "people:set_up_done": Row(EVERYBODY, 200, post_signed_out=405),
}
GIVES_NOTICE = OPENS_CASES
"""Of partner agencies prisons alone do: tests/movements/test_access.py has them."""
PAGES_WITHOUT_A_CASE |= {
    "movements:releases": Row(GIVES_NOTICE),
    "movements:give": Row(GIVES_NOTICE, post=200),
    "movements:arrivals": Row({COORDINATOR}),
    "movements:moves": Row({COORDINATOR}),
    "further_offences:desk": Row({LINE, COORDINATOR}),
    "further_offences:mine": Row(FINDS | {PARTNER}),
    "further_offences:lessons": Row(READS | {PARTNER}),
}
PAGES_WITHOUT_A_CASE |= {
    f"line_management:{name}": Row({LINE})
    for name in (
        "unit",
        "waiting",
        "not_reviewed",
        "reviews_due",
        "late_starts",
        "starts",
        "changes",
        "unit_quality",
    )
}
SEES_INSPECTIONS = {LINE, COORDINATOR, BOARD, INSPECTOR}
PAGES_WITHOUT_A_CASE |= {
    "inspections:list": Row(SEES_INSPECTIONS),
    "inspections:open": Row({LINE, COORDINATOR, INSPECTOR}, post=200),
    "inspections:frameworks": Row(SEES_INSPECTIONS),
    "inspections:bring": Row({LINE, COORDINATOR, INSPECTOR}, post=200),
}
OF_A_PERSON_OR_ROW = {
    "actions:show": "tests/actions/test_access.py",
    "actions:deed": "tests/actions/test_access.py",
    **{
        f"meetings:{name}": "tests/meetings/test_access.py"
        for name in (
            *("day", "directory_change", "directory_leave", "sitting", "add", "move", "people", "cancel", "calendar"),
            *("show", "agenda", "invite", "invite_all", "take_off", "withdraw", "answer", "attend", "one", "take_back"),
        )
    },
    "board:set_target": "tests/board/test_targets.py",
    "board:report_cases": "tests/board/test_report_tables.py",
    "coordination:behind": "tests/coordination/test_figures.py",
    "coordination:list": "tests/coordination/test_desk.py",
    "your_views:question": "tests/oasys/test_handing_over.py",
    "people:person": "tests/people/test_access.py",
    "people:move": "tests/people/test_access.py",
    "people:leave": "tests/people/test_access.py",
    "people:come_back": "tests/people/test_access.py",
    "people:address": "tests/people/test_access.py",
    "people:code": "tests/people/test_access.py",
    "people:confirm": "tests/people/test_access.py",
    "people:hand_over": "tests/people/test_access.py",
    "people:decide": "tests/people/test_access.py",
    "people:end_cover": "tests/people/test_access.py",
    "people:take_unit": "tests/people/test_access.py",
    "people:unit_posts": "tests/people/test_access.py",
    "people:void_posts": "tests/people/test_access.py",
    "signin:person": "tests/signin/test_people.py",
    "movements:release": "tests/movements/test_access.py",
    "movements:acknowledge": "tests/movements/test_access.py",
    "movements:match": "tests/movements/test_access.py",
    "movements:change": "tests/movements/test_access.py",
    "further_offences:write": "tests/further_offences/test_access.py",
    "further_offences:share": "tests/further_offences/test_access.py",
    "further_offences:one_lesson": "tests/further_offences/test_lessons.py",
    "notices:read": "tests/notices/test_notices.py",
    "emergency:end": "tests/emergency/test_pages.py",
    "emergency:review": "tests/emergency/test_review.py",
    "oversight:looked_at": "tests/oversight/test_pages.py",
    "oversight:seen_by": "tests/oversight/test_pages.py",
    "oversight:judge": "tests/oversight/test_unusual.py",
    **{
        f"referrals:{name}": "tests/referrals/test_access.py"
        for name in (
            "show",
            "edit",
            "discard",
            "answer",
            "screen",
            "match",
            "more",
            "screeners",
            "view",
            "decide",
        )
    },
    "retention:certificate": "tests/retention/test_pages.py",
    "minutes:copy": "tests/minutes/test_copies.py",
}
OF_A_PERSON_OR_ROW |= {
    f"assessing:{name}": "tests/assessing/test_access.py"
    for name in (
        *("progress", "deal", "give", "agreement", "differences", "agree"),
        *("show", "remark", "sign", "criterion", "question"),
    )
}
OF_A_PERSON_OR_ROW |= ROWS_ELSEWHERE
OF_A_PERSON_OR_ROW |= {
    f"interviews:{name}": "tests/interviews/test_access.py"
    for name in (
        *("list", "schedule", "schedule_file", "plan", "themes", "theme", "merge_theme", "remove_theme", "take_away"),
        *("show", "note", "quote", "finish", "drop"),
    )
}
OF_A_PERSON_OR_ROW |= {
    f"board:{name}": "tests/board/test_access.py"
    for name in (
        *("change_member", "end_member", "meeting", "note_attendance", "notes", "decide", "close", "call_off"),
        *("plan_of", "agree_plan", "add_aim", "add_action", "action", "progress", "note_report", "answer"),
    )
}
OF_A_PERSON_OR_ROW |= {
    f"inspections:{name}": "tests/inspections/test_access.py"
    for name in (
        *("show", "add", "member", "close", "cases", "draw", "sample", "replace", "again", "download", "joint_work"),
        *("framework", "framework_file", "changes", "draft", "discard", "remove"),
        *("question", "add_question", "criterion", "add_criterion"),
    )
}
OF_A_PERSON_OR_ROW |= {
    f"transfers:{name}": "tests/transfers/test_pages.py"
    for name in ("show", "send", "approve", "accept", "decline", "recall", "give_back")
}
OF_A_PERSON_OR_ROW |= {
    f"findings:{name}": "tests/findings/test_access.py"
    for name in (
        "results",
        "areas",
        "tables",
        "export",
        "list",
        "add",
        "change",
        "agree",
        "take_away",
        "remark",
        "answer",
        "feedback",
        "received",
        "recommendations",
        "draft",
        "publish",
        "published",
        "pdf",
        "recommendation",
    )
}
"""Addresses of one person, or of one row that is no case's page, and the file whose table of roles has them."""
SIGNING_IN = {
    "signin:agency",
    "signin:agency_back",
    "signin:end_sessions",
    "signin:mine",
    "signin:passkey",
    "signin:passkey_to_make",
    "signin:passkey_to_prove",
    "signin:passkey_to_use",
    "signin:password",
    "signin:prove",
    "signin:recovery_codes",
    "signin:remove_factor",
    "signin:second_factor",
    "signin:set_up",
    "signin:set_up_app",
    "signin:set_up_passkey",
    "signin:stay",
}
"""Addresses at which everybody looks after their own signing in; who they are is all that counts there."""
PAGES_OF_A_CASE = {
    "referrals:levels": CaseRow(READS),
    "referrals:refer": CaseRow(FINDS, post=200),
    "referrals:decide_level": CaseRow({LINE, COORDINATOR}, post=200),
    "referrals:category": CaseRow({LINE, COORDINATOR}, post=200),
    "referrals:other_meetings": CaseRow(READS),
    "referrals:record_other_meeting": CaseRow(OPENS_CASES, post=200),
    "referrals:question": CaseRow({COORDINATOR}, post=200, needs="other_meeting"),
    "referrals:answer_meeting": CaseRow(OPENS_CASES, post=200, needs="other_meeting"),
    "timeline:front_sheet": CaseRow(READS | {PARTNER}),
    "timeline:duties": CaseRow(READS),
    "timeline:timeline": CaseRow(READS),
    "timeline:history": CaseRow(READS),
    "timeline:record_menu": CaseRow(READS),
    "timeline:changes": CaseRow(READS),
    "timeline:levels": CaseRow(READS),
    "timeline:tell": CaseRow(FINDS, post=200),
    "timeline:tell_victim_risk": CaseRow(FINDS, post=200),
    "timeline:change": CaseRow(READS, post=200, needs="change"),
    "timeline:recorded": CaseRow(READS, needs="fact"),
    "timeline:void": CaseRow({LINE}, post=200, needs="fact"),
    "timeline:preview_registration": CaseRow({POLICE, LINE}, post=200, get=405),
    "timeline:prove": CaseRow(READS, get=302),
    "timeline:export": CaseRow({LINE, COORDINATOR}, post=200),
    "timeline:write_note": CaseRow(FINDS, post=200),
    "timeline:correct_note": CaseRow({LINE}, post=200, needs="note"),
    "timeline:void_note": CaseRow({LINE}, post=200, needs="note"),
    "timeline:attach_file": CaseRow(FINDS, post=200),
    "timeline:file": CaseRow(READS, needs="file"),
    "timeline:void_file": CaseRow({LINE}, post=200, needs="file"),
    "visits:list": CaseRow(READS),
    "visits:record": CaseRow({POLICE, MANAGER, LINE}, post=200),
    "assessments:list": CaseRow(READS),
    "assessments:score_rm2000": CaseRow({POLICE, MANAGER, LINE}, post=200),
    "assessments:preview_rm2000": CaseRow({POLICE, MANAGER, LINE}, post=200, get=405),
    "assessments:countersign": CaseRow({LINE}, post=200),
    "oasys:list": CaseRow(READS),
    "oasys:start": CaseRow({MANAGER, LINE}, post=200),
    "oasys:show": CaseRow(READS, needs="oasys"),
    "oasys:summary": CaseRow(READS, needs="oasys"),
    "oasys:section": CaseRow(READS, needs="oasys_section"),
    "oasys:autosave": CaseRow({MANAGER, LINE}, post=200, get=405, needs="oasys_section"),
    "oasys:abandon": CaseRow({MANAGER, LINE}, post=200, needs="oasys"),
    "oasys:correct": CaseRow({MANAGER, LINE}, post=200, needs="oasys"),
    "oasys:sign": CaseRow({MANAGER, LINE}, post=200, needs="oasys"),
    "oasys:next": CaseRow(READS, get=302, needs="oasys"),
    "oasys:countersign": CaseRow({LINE}, post=200, needs="oasys"),
    "assessments:no_score": CaseRow({POLICE, MANAGER, LINE}, post=200),
    "transfers:ask": CaseRow(OPENS_CASES, post=200),
    "transfers:responsible": CaseRow(READS),
    "involved:who": CaseRow(READS),
    "involved:invite": CaseRow({LINE, COORDINATOR}, post=200),
    "involved:end": CaseRow({LINE, COORDINATOR}, post=200, needs="given"),
    "involved:restrict": CaseRow({LINE, COORDINATOR}, post=200),
    "involved:name": CaseRow({LINE, COORDINATOR}, post=302, get=302),
    "involved:lift": CaseRow({LINE, COORDINATOR}, post=302, get=302),
    "emergency:end_here": CaseRow(READS, post=302, get=405),
    "retention:case": CaseRow(READS),
    "retention:review": CaseRow({LINE}, post=200),
    "retention:hold": CaseRow({LINE, COORDINATOR}, post=200),
    "retention:lift": CaseRow({LINE, COORDINATOR}, post=200, needs="hold"),
}
OPENS_CONFIDENTIAL = OPENS_CASES | {INSPECTOR}
PAGES_OF_A_CASE |= {
    "oasys:self_assessment": CaseRow(READS, needs="oasys"),
    "oasys:self_assessment_paper": CaseRow(READS, needs="oasys"),
    "oasys:hand_over": CaseRow({MANAGER, LINE}, needs="oasys"),
    "oasys:type_in": CaseRow({MANAGER, LINE}, post=200, needs="oasys"),
    "oasys:compare": CaseRow(READS, needs="oasys"),
    "oasys:print": CaseRow({MANAGER, LINE, COORDINATOR}, post=200, needs="oasys"),
    "oasys:confidential": CaseRow(OPENS_CONFIDENTIAL, needs="oasys"),
    "oasys:requests": CaseRow(OPENS_CONFIDENTIAL),
    "oasys:letter": CaseRow(OPENS_CONFIDENTIAL, needs="asked"),
    "oasys:ask": CaseRow({MANAGER, LINE}, post=200),
    "oasys:answer": CaseRow({MANAGER, LINE}, post=200, needs="asked"),
    "oasys:chase": CaseRow({MANAGER, LINE}, post=200, needs="asked"),
}
"""What stands around an OASys. Handing a tablet over signs out: tests/oasys/test_handing_over.py sends that form."""
PAGES_OF_A_CASE |= {
    "line_management:reviews": CaseRow(READS),
    "line_management:review": CaseRow({LINE}, post=200),
    "line_management:complete": CaseRow({LINE}, post=200, needs="action"),
    "line_management:explain": CaseRow({LINE}, post=200, needs="late"),
    "line_management:quality": CaseRow({LINE}),
    "line_management:marks": CaseRow({LINE}, needs="work"),
    "line_management:mark": CaseRow({LINE}, post=200, needs="work"),
}
"""What line managers do on a case; the work is of one of their own unit, and late is the RM2000."""
PAGES_OF_A_CASE |= {
    "actions:of_case": CaseRow(READS),
    "actions:agree": CaseRow(OPENS_CASES, post=200),
    "actions:by_number": CaseRow(READS, needs="action_number"),
    "actions:take_up": CaseRow(OPENS_CASES, post=302, get=405, needs="action_number"),
}
WRITES_PLANS = {MANAGER, LINE}
PAGES_OF_A_CASE |= {
    "coordination:case": CaseRow(READS),
    "meetings:of_case": CaseRow(READS),
    "plans:list": CaseRow(READS),
    "plans:start": CaseRow(WRITES_PLANS, post=302, get=405),
    "plans:show": CaseRow(READS, needs="plan"),
    "plans:edit": CaseRow(WRITES_PLANS, needs="plan"),
    "plans:step": CaseRow(WRITES_PLANS, post=200, needs="plan_step"),
    "plans:check": CaseRow(WRITES_PLANS, post=200, get=405, needs="plan"),
    "plans:ground": CaseRow(WRITES_PLANS, post=200, needs="plan_ground"),
    "plans:sign": CaseRow(WRITES_PLANS, post=200, needs="plan"),
    "plans:judge": CaseRow({LINE}, post=200, needs="plan"),
    "plans:abandon": CaseRow(WRITES_PLANS, post=200, needs="plan"),
    "plans:offender_copy": CaseRow(WRITES_PLANS, post=200, needs="plan"),
    "plans:file_copy": CaseRow({LINE, COORDINATOR}, post=200, needs="plan"),
    "plans:add": CaseRow(WRITES_PLANS, post=200, needs="plan_what"),
    "plans:change": CaseRow(WRITES_PLANS, post=200, needs="plan_part"),
    "plans:progress": CaseRow(WRITES_PLANS, post=200, needs="plan_part"),
}
PAGES_OF_A_CASE |= {
    "orders:list": CaseRow(READS),
    **{name: CaseRow(OPENS_CASES, post=200, needs=needs) for name, needs in ORDER_ROWS.items()},
}
PAGES_OF_A_CASE |= {
    "movements:case": CaseRow(READS),
    "movements:give_for_case": CaseRow(OPENS_CASES, post=200),
    "movements:give_move": CaseRow(OPENS_CASES, post=200),
    "movements:change_move": CaseRow(OPENS_CASES, post=200, needs="temporary_move"),
    "movements:arrival": CaseRow(OPENS_CASES, post=200, needs="release"),
}
PAGES_OF_A_CASE |= {
    "further_offences:list": CaseRow({LINE, COORDINATOR}),
    "further_offences:open": CaseRow({LINE, COORDINATOR}, post=200),
    "further_offences:show": CaseRow({LINE, COORDINATOR}, needs="further_offence"),
    "further_offences:notified": CaseRow({LINE, COORDINATOR}, post=200, needs="further_offence"),
    "further_offences:ask": CaseRow({LINE, COORDINATOR}, post=200, needs="further_offence"),
    "further_offences:conclude": CaseRow({LINE, COORDINATOR}, post=200, needs="further_offence"),
    "further_offences:lesson": CaseRow({LINE, COORDINATOR}, post=200, needs="further_offence"),
    "further_offences:read": CaseRow({LINE, COORDINATOR}, needs="contribution"),
}
"""Reviews that are open; once concluded the staff of the case read them: tests/further_offences/test_access.py."""
MINUTES_CHAIRS = {LINE, COORDINATOR}
PAGES_OF_A_CASE |= {
    "minutes:case": CaseRow(READS),
    "minutes:show": CaseRow(READS, needs="minutes"),
    "minutes:line": CaseRow(OPENS_CASES, post=200, needs="minutes_line"),
    "minutes:new_line": CaseRow(OPENS_CASES, post=200, needs="minutes"),
    "minutes:check": CaseRow(MINUTES_CHAIRS, post=422, get=405, needs="minutes"),
    "minutes:issue": CaseRow(MINUTES_CHAIRS, post=422, get=405, needs="minutes"),
    "minutes:correct": CaseRow(MINUTES_CHAIRS, post=200, needs="minutes"),
    "minutes:told": CaseRow(READS, needs="minutes"),
    "minutes:printed": CaseRow({POLICE, MANAGER, LINE}, post=409, get=405, needs="minutes"),
    "minutes:withdraw": CaseRow(MINUTES_CHAIRS, post=200, needs="minutes_copy"),
    "minutes:run": CaseRow(OPENS_CASES, needs="meeting_running"),
    "minutes:open": CaseRow(OPENS_CASES, post=302, get=405, needs="meeting_running"),
    "minutes:news": CaseRow(OPENS_CASES, needs="meeting_running"),
    "minutes:entry": CaseRow(OPENS_CASES, post=422, get=405, needs="meeting_line"),
    "minutes:conclusion": CaseRow(OPENS_CASES, post=302, get=405, needs="meeting_running"),
    "minutes:chair": CaseRow(OPENS_CASES, post=422, get=405, needs="meeting_running"),
    "minutes:attendance": CaseRow(OPENS_CASES, post=422, get=405, needs="meeting_invitee"),
    "minutes:as_answered": CaseRow(OPENS_CASES, post=302, get=405, needs="meeting_running"),
    "minutes:take_over": CaseRow(OPENS_CASES, post=302, get=405, needs="meeting_running"),
    "minutes:add_action": CaseRow(OPENS_CASES, post=422, get=405, needs="meeting_running"),
    "minutes:account": CaseRow(OPENS_CASES, post=422, get=405, needs="meeting_running"),
    "minutes:close": CaseRow(MINUTES_CHAIRS, post=422, needs="meeting_running"),
}
"""A meeting that runs, and the draft of the minutes of another; a copy of issued ones is nobody's who asks."""
ONLY_WHILE_A_DISPOSAL_WAITS = {"retention:withdraw", "retention:judge"}
"""404 for everybody until then; with one, tests/retention/test_pages.py has the table."""
WAYS_TO_RECORD = {
    "risk-of-harm": {MANAGER, LINE},
    "oasys": {MANAGER, LINE},
    "change-acknowledged": {POLICE, MANAGER, LINE},
    "incident": OPENS_CASES,
    "visit-interval": {LINE, COORDINATOR},
    "registered": {POLICE, LINE},
    "registration-ended": {POLICE, LINE},
    "initial-notification": {POLICE, LINE},
    "annual-notification": {POLICE, LINE},
    "details-changed": {POLICE, LINE},
    "details-notified": {POLICE, LINE},
    "meeting": {LINE, COORDINATOR},
    "minutes": {LINE, COORDINATOR},
    "action": OPENS_CASES,
    "action-completed": FINDS,
    "offender-informed": {POLICE, MANAGER, LINE},
    "isp": {MANAGER, LINE},
    "plan-review": {MANAGER, LINE},
    "risk-management-plan": {MANAGER, LINE},
    "risk-management-plan-review": {MANAGER, LINE},
    "order-started": {MANAGER, LINE},
    "order-ended": {MANAGER, LINE},
    "custody-started": OPENS_CASES,
    "custody-ended": OPENS_CASES,
    "programme-required": {MANAGER, LINE},
    "programme-started": {MANAGER, LINE},
    "victim-entitled": {MANAGER, LINE},
    "victim-referred": {MANAGER, LINE},
    "breach": {MANAGER, LINE},
    "enforcement": {MANAGER, LINE},
    "case-closed": {LINE},
}
"""``timeline:record``, by what is recorded. An empty form is refused on the same page, so a POST gives 200."""
