"""What each role gets at the addresses of the board's audits, good practice and annual reports."""

ROWS_ELSEWHERE = {
    f"case_audits:{name}": "tests/case_audits/test_access.py"
    for name in ("audit", "draw", "again", "people", "leave", "close", "case", "replace", "feedback")
} | {
    **{f"good_practice:{name}": "tests/good_practice/test_library.py" for name in ("show", "withdraw")},
    **{
        f"annual_report:{name}": "tests/annual_report/test_access.py"
        for name in ("draft", "standards", "write", "publish", "show", "pdf")
    },
    **{f"workload:{name}": "tests/workload/test_questions.py" for name in ("show", "delete", "export")},
}
"""Addresses of one row, and the file whose table of roles has them."""
