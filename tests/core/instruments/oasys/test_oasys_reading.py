"""A pack's OASys is refused with what is wrong and how to mend it."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

import openmappa.core.packs
from openmappa.core.errors import PackError
from openmappa.core.packs.load import OASYS, load_oasys
from openmappa.core.packs.oasys_reading import read_oasys
from openmappa.core.packs.reading import PackTable

FOLDER = Path(openmappa.core.packs.__file__).parent / "england_wales_2005"
GOOD = [tomllib.loads((FOLDER / name).read_text()) for name in OASYS]


def problems(change: Callable[[Any, Any, Any, Any], object]) -> list[str]:
    content = deepcopy(GOOD)
    change(*content)
    shared: list[str] = []
    head, *parts = (PackTable(one, name, shared) for name, one in zip(OASYS, content, strict=True))
    with pytest.raises(PackError) as refused:
        read_oasys(head, parts)
    return list(refused.value.problems)


def home(offending: Any) -> Any:
    return offending["sections"][2]


def test_the_pack_as_it_stands_is_read() -> None:
    rules = load_oasys("england-wales-2005")
    codes = [section.code for section in rules.sections]
    assert codes[:14] == [*(str(number) for number in range(1, 14)), "OGRS"]
    names = [(section.slug, item.name) for section in rules.sections for item in section.items]
    assert len(set(names)) == len(names)
    assert {section.component for section in rules.sections} == {1, 2}


def test_every_item_and_every_number_has_its_source() -> None:
    rules = load_oasys("england-wales-2005")
    assert all(item.source.text for section in rules.sections for item in section.items)
    remembered = [item.code for section in rules.sections for item in section.items if item.source.is_remembered]
    assert "3.4" in remembered
    assert "3.5" not in remembered


def test_a_pack_without_oasys_says_which_files_it_lacks() -> None:
    with pytest.raises(PackError) as refused:
        load_oasys("no-such-pack")
    assert len(refused.value.problems) == 4


H, S = "oasys.toml", "oasys_offending.toml, section accommodation"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda h, o, lk, hm: h["wording"].update(scores=["a", "b"]),
            f"{H}, wording: `scores` has 2 labels; write three: for 0, 1 and 2.",
        ),
        (
            lambda h, o, lk, hm: h["total"]["bands"][1].update({"from": 42}),
            f"{H}, total: `bands`: one is from 42 to 99; it must begin at 41.",
        ),
        (
            lambda h, o, lk, hm: h["harm"]["levels"].reverse(),
            f"{H}, harm: `levels` must be low, medium, high and very_high, in that order.",
        ),
        (
            lambda h, o, lk, hm: home(o)["items"][1].update(code="3.3"),
            f"{S}: there are two items called item_3_3; give one of them another code or name.",
        ),
        (
            lambda h, o, lk, hm: home(o)["items"][0].update(name="3.3"),
            f"{S}, item 3.3: `name` is '3.3'; write letters, digits and _ only, such as item_3_3.",
        ),
        (
            lambda h, o, lk, hm: home(o)["items"][0].update(kind="score", labels=["a"]),
            f"{S}, item 3.3: `labels` has 1 labels; write three: for 0, 1 and 2.",
        ),
        (
            lambda h, o, lk, hm: home(o)["items"][0].update(evidence_at=[1]),
            f"{S}, item 3.3: `evidence_at` names 1; write one of 2, 0.",
        ),
        (
            lambda h, o, lk, hm: home(o)["items"][0].update(evidence_at=[]),
            f"{S}, item 3.3: `evidence_at` is []; write a list of answers of the item, such as [true].",
        ),
        (
            lambda h, o, lk, hm: home(o)["items"][0].update(kind="number", lowest=3, highest=3),
            f"{S}, item 3.3: `lowest` is 3 and `highest` 3; the first must be below the second.",
        ),
        (
            lambda h, o, lk, hm: home(o)["items"][0].update(asked_when={"item": "item_3_6", "is": [1]}),
            f"{S}: 3.3 is asked when 'item_3_6' is answered; name an item that stands before it.",
        ),
        (
            lambda h, o, lk, hm: home(o)["items"][1].update(asked_when={"item": "item_3_3", "is": [1]}),
            f"{S}: 3.4 is asked when item_3_3 has an answer that it cannot have.",
        ),
        (
            lambda h, o, lk, hm: home(o)["items"][1].update(asked_when={"item": "item_3_3", "is": 2}),
            f"{S}, item 3.4, asked_when: `is` is 2; write a list of answers of that item, such as [true].",
        ),
        (lambda h, o, lk, hm: home(o).update(component=6), f"{S}: `component` is 6; OASys has components 1 to 5."),
        (
            lambda h, o, lk, hm: home(o)["need"].update(items=["item_3_3", "item_3_98"], highest=4),
            f"{S}: `need` counts 'item_3_98'; name a scored item of the section.",
        ),
        (
            lambda h, o, lk, hm: home(o)["need"].update(highest=10),
            f"{S}: `need` has a highest score of 10; its items add up to 8.",
        ),
        (
            lambda h, o, lk, hm: home(o)["need"].update(cut_off=9),
            f"{S}: `need` has a cut-off of 9; write 1 to 8.",
        ),
        (
            lambda h, o, lk, hm: o["sections"][3].update(slug="accommodation"),
            f"{S}: there is another section with this slug; give one of them another.",
        ),
        (lambda h, o, lk, hm: hm["sections"].pop(), f"{H}: there is no section diversity; add it."),
        (lambda h, o, lk, hm: lk["sections"][0]["items"].pop(), f"{H}: section likelihood has no item called total; add it."),  # noqa: E501
        (
            lambda h, o, lk, hm: home(o)["items"][0].update(kind="stars"),
            f"{S}, item 3.3: `kind` is 'stars'; write one of score, yes_no_score, yes_no, occasion, choice, level, "
            "number, text.",
        ),
        (
            lambda h, o, lk, hm: home(o).update(leed="x"),
            f"{S}: `leed` is not a key that is known here; did you mean `need`?",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(change: Callable[[Any, Any, Any, Any], object], sentence: str) -> None:
    assert sentence in problems(change)


def test_a_likelihood_section_that_is_gone_is_said_once() -> None:
    assert problems(lambda h, o, lk, hm: lk["sections"][0].update(slug="other")) == [
        f"{H}: there is no section likelihood; add it."
    ]
