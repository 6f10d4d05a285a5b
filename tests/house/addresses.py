"""What each role gets at each address without a case, or of something else than a case."""

from tests.house.addresses_of_the_board import ROWS_ELSEWHERE
from tests.house.who_opens import (
    ADMINISTRATOR,
    ASKED,
    AUDITOR,
    BOARD,
    COORDINATOR,
    EVERYBODY,
    FINDS,
    INSPECTOR,
    LINE,
    LOOKS_AFTER_PEOPLE,
    OPENS_CASES,
    PARTNER,
    POLICE,
    READS,
    SEES_FIGURES,
    Row,
)

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
