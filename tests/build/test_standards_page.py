"""The page of the standards is the pack's: nobody wrote it by hand."""

from pathlib import Path

from openmappa.core.packs.load import load_pack, load_pack_path
from standards_page import PACK, PAGE, page


def test_the_page_is_what_the_pack_says_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(load_pack(PACK)), "Run: python tools/standards_page.py"


def test_every_standard_and_every_source_stands_on_it() -> None:
    written = page(load_pack(PACK))
    for standard in load_pack(PACK).standards:
        assert f"`{standard.id}` |" in written
        assert f"| {standard.source} |" in written


def test_the_standard_it_shows_as_an_example_makes_sense(tmp_path: Path) -> None:
    example = page(load_pack(PACK)).split("```toml\n")[1].split("```")[0]
    (tmp_path / "own.toml").write_text(f'title = "Own"\nsource = "Own"\n{example}')
    [own] = load_pack_path(tmp_path / "own.toml").standards
    theirs = load_pack(PACK).standard(own.id)
    assert (own.allowed, own.met_by, own.source) == (theirs.allowed, theirs.met_by, theirs.source)
