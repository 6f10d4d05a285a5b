"""What the pages of the board and of inspections show of cases, for the table in ``shown``."""

from collections.abc import Mapping

from openmappa.oversight.shown_of_the_board import ANNUAL_REPORTS, AUDIT_FIGURES, AUDIT_PAGES, LIBRARY

BOARD_FIGURES = (
    "board:export",  # counts, and no case
    "board:groups",
    "board:overview",
    "board:report",
    "board:set_target",
    "board:staff",
    "board:tables",
    "board:targets",
    "board:action",
    "board:add_action",
    "board:add_aim",
    "board:add_body",
    "board:add_member",
    "board:agree_plan",
    "board:answer",
    "board:attendance",
    "board:begin_plan",
    "board:call",
    "board:call_off",
    "board:change_member",
    "board:decide",
    "board:end_member",
    "board:home",
    "board:links",
    "board:meetings",
    "board:members",
    "board:note_attendance",
    "board:notes",
    "board:plan",
    "board:plan_of",
    "board:note_report",
    "board:progress",
    "board:work_out",
)
"""Counts, and what the board keeps of itself: no case."""
INSPECTION_FIGURES = (
    "findings:areas",
    "findings:export",
    "findings:pdf",
    "findings:published",
    "findings:publish",
    "findings:recommendation",
    "findings:recommendations",
    "findings:reports",
    "findings:results",
    "findings:tables",
)
"""Figures, texts without a case, and published reports, which name none."""
INSPECTION_PAGES: Mapping[str, str] = {
    "findings:add": "Form to write a finding",
    "findings:agree": "Agreeing a finding",
    "findings:answer": "Form to answer a remark on a finding",
    "findings:change": "Form to change a finding",
    "findings:draft": "Draft of an inspection report",
    "findings:feedback": "Feedback of an inspection",
    "findings:list": "Findings of an inspection",
    "findings:received": "What an inspection found in an area",
    "findings:remark": "Form to remark on a finding",
    "findings:take_away": "Form to take a finding away",
}
"""Pages on which cases are cited, by their names for people."""
ASSESSING_FIGURES = (
    "assessing:agreement",
    "assessing:deal",
)
"""How far inspectors agree, and a form about people: no case."""
ASSESSING_PAGES: Mapping[str, str] = {
    "assessing:agree": "Form to agree how a difference is settled",
    "assessing:criterion": "Questions on an inspected case",
    "assessing:differences": "Differences on an inspected case",
    "assessing:give": "Form to give an inspected case to somebody",
    "assessing:progress": "Cases and inspectors of an inspection",
    "assessing:question": "Form to answer a question on an inspected case",
    "assessing:remark": "Form to remark on an inspected case",
    "assessing:show": "An inspected case and its record",
    "assessing:sign": "Form to sign the assessment of an inspected case",
}
"""Pages that name a case, or its record."""
SAMPLING_FIGURES = tuple(
    f"inspections:{name}"
    for name in (
        *("list", "open", "show", "add", "member", "close", "cases", "draw", "again", "download"),
        *("frameworks", "framework", "framework_file", "changes", "bring", "draft", "discard", "remove"),
        *("question", "add_question", "criterion", "add_criterion"),
    )
)
"""Pages of an inspection that show none of its cases: people, counts, keys, and what is asked."""
SAMPLING_PAGES: Mapping[str, str] = {
    "inspections:joint_work": "Form to name joint work for an inspection",
    "inspections:replace": "Form to replace a case of an inspection",
    "inspections:sample": "The sample of an inspection",
}
"""Pages that name the cases that were drawn."""
INTERVIEW_FIGURES = tuple(
    f"interviews:{name}"
    for name in (
        *("list", "schedule", "schedule_file", "plan", "themes", "theme", "merge_theme", "remove_theme", "take_away"),
        *("show", "note", "quote", "finish", "drop"),
    )
)
"""Interviews of staff: no case."""
WHAT_IF_FIGURES = tuple(f"workload:{name}" for name in ("ask", "delete", "export", "list", "show"))
"""Counts and hours of work, and the people who do it: no case."""
POSTS = tuple(f"people:{name}" for name in ("posts", "unit_posts", "void_posts"))
"""How many posts units have: no case."""
ASSURANCE_FIGURES = (
    *POSTS,
    *INTERVIEW_FIGURES,
    *BOARD_FIGURES,
    *WHAT_IF_FIGURES,
    *AUDIT_FIGURES,
    *LIBRARY,
    *ANNUAL_REPORTS,
    *INSPECTION_FIGURES,
    *ASSESSING_FIGURES,
    *SAMPLING_FIGURES,
)
"""Pages without a case."""
ASSURANCE_PAGES: Mapping[str, str] = {
    "board:behind": "Cases behind a row of a live table",
    "board:report_cases": "Cases behind a table of the report",
    **AUDIT_PAGES,
    **INSPECTION_PAGES,
    **ASSESSING_PAGES,
    **SAMPLING_PAGES,
}
"""Pages with cases, by their names for people."""
