"""The page on the framework of inspection is the pack's, and the files that it shows as examples are read."""

from inspection_page import PACK, PAGE, page
from openmappa.core.packs.inspection_framework_rules import read_framework_text
from openmappa.core.packs.inspection_interviews_rules import read_interviews_text
from openmappa.core.packs.load import load_inspection_framework, load_inspection_interviews

WRITTEN = PAGE.read_text(encoding="utf-8")


def test_the_page_is_what_the_pack_says_now() -> None:
    assert page(load_inspection_framework(PACK), load_inspection_interviews(PACK)) == WRITTEN, (
        "Run: python tools/inspection_page.py"
    )


def test_every_question_stands_on_it_with_its_guidance_and_source() -> None:
    for question in load_inspection_framework(PACK).questions:
        assert f"<br>`{question.code}` | {question.guidance} | " in WRITTEN
    for asked in load_inspection_interviews(PACK).questions:
        assert f"| {asked.number} | {asked.text}" in WRITTEN


def test_its_examples_are_files_that_make_sense() -> None:
    framework, interviews = (part.split("```")[0] for part in WRITTEN.split("```toml\n")[1:])
    assert [question.code for question in read_framework_text(framework, "example").questions] == ["plan_in_time"]
    (asked,) = read_interviews_text(interviews, "example").questions
    assert asked.for_role("case_manager") == "How many cases do you have, and is that too many?"
