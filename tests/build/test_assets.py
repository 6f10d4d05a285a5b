"""The styles and scripts that the pages use: complete, and without what belongs to GOV.UK alone."""

import re

import pytest

from assets import ASSETS, FILES, cleaned

FORBIDDEN = ("GDS Transport", "@font-face", "/assets/", "sourceMappingURL", "govuk-crest")


@pytest.mark.parametrize("name", sorted(FILES))
def test_each_file_is_there_and_holds_nothing_that_is_not_ours_to_use(name: str) -> None:
    text = (ASSETS / name).read_text(encoding="utf-8")
    assert len(text) > 10_000
    assert [word for word in FORBIDDEN if word in text] == []


@pytest.mark.parametrize("name", sorted(name for name in FILES if name.endswith(".css")))
def test_every_image_that_a_style_names_lies_beside_it(name: str) -> None:
    named = re.findall(r"url\(([^)]*)\)", (ASSETS / name).read_text(encoding="utf-8"))
    files = [each for each in named if not each.startswith(("data:", '"data:'))]
    assert [each for each in files if not (ASSETS / each).is_file()] == []


def test_no_image_of_a_crown_a_crest_or_another_service_is_copied() -> None:
    assert {path.name for path in ASSETS.rglob("*.*") if not path.name.startswith("icon-")} == set(FILES)


def test_what_is_changed_in_a_style_sheet() -> None:
    before = (
        '@font-face{font-family:"GDS Transport";src:url(/assets/fonts/a.woff2)}'
        'a{font-family:"GDS Transport",arial,sans-serif}b{font-family:GDS Transport,arial,sans-serif}'
        "c{background:url(/assets/images/icon-x.svg)}d{mask:url(/assets/images/govuk-crest.svg)}"
        "\n/*# sourceMappingURL=x.css.map */\n"
    )
    assert cleaned(before) == (
        "a{font-family:Arial,Helvetica,sans-serif}b{font-family:Arial,Helvetica,sans-serif}"
        "c{background:url(images/icon-x.svg)}d{mask:none}\n"
    )
