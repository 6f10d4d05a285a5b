"""The measuring itself is right, and ``make bench`` still fits the pages that it measures."""

import os
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.bench.__main__ import main
from tests.bench.measuring import Failed, percentile, run
from tests.bench.report import report

MEGABYTES = 80


def test_95_of_100_values_do_not_exceed_the_95th_percentile() -> None:
    assert percentile(list(range(1, 101)), 0.95) == 95
    assert percentile([3, 1, 2], 0.5) == 2
    assert percentile([7], 0.95) == 7


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux's /proc")
def test_a_program_is_measured_with_its_children() -> None:
    child = f"import time; held = bytearray({MEGABYTES} * 2**20); time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    took = run([sys.executable, "-c", parent], environment={})
    assert 1.0 <= took.seconds < 20
    assert MEGABYTES <= took.peak_mb < MEGABYTES * 3


def test_a_program_that_fails_is_not_reported_as_quick() -> None:
    with pytest.raises(Failed, match="ended with 3"):
        run([sys.executable, "-c", "raise SystemExit(3)"], environment={})


def test_the_page_says_yes_or_no_to_each_target_and_gives_the_ratio_to_the_plain_way() -> None:
    took = {
        "seconds": 2.0,
        "cpu_seconds": 3.0,
        "peak_mb": 90.0,
        "server_peak_mb": 0.0,
        "server_cpu_seconds": 1.0,
        "others_share": 0.01,
    }
    result = {
        "cases": 1000,
        "facts_per_case": 60,
        "file_mb": 6.0,
        "database_mb": 50.0,
        "rows": {"facts": 60_000},
        "evaluate": {**took, "duties": 50_000},
        "measuring": {"others_share": 0.5},
        **dict.fromkeys(("sample", "what_if", "what_if_of_the_record", "import", "import_again", "export"), took),
        "requests": [
            {
                "name": "Quick",
                "limit_ms": 150,
                "milliseconds": [20.0] * 10,
                "database_ms": [5.0] * 10,
                "queries": [7] * 10,
            },
            {
                "name": "Slow",
                "limit_ms": 100,
                "milliseconds": [200.0] * 10,
                "database_ms": [150.0] * 10,
                "queries": [4, 5] * 5,
            },
        ],
        "scoring": {"rows": 100_000, "seconds": {"rm2000": 4.0, "ogrs3": 4.0, "plain": 2.0}},
        "costs": [{"name": "Page", "as_it_is": 12.0, "without_rls": 10.0, "without_log": 9.0}],
        "tables": {
            "rows": {"cases_case": 100_000, "timeline_fact": 3_400_700, "timeline_duty": 3_101_000},
            "best_ms": {"by age": 1000.0, "by sex": 999.4},
            "assurance_ms": {"Drawing 100 of them": 4000.2},
        },
        "beside": [{"what": "Judge", "plain_way": "by hand", "ours_ms": 2.0, "plain_ms": 9.0}],
    }
    page = report([result], "a machine", date(2005, 3, 31)).splitlines()
    assert "| evaluate | 1,000 | 2.0 | 500 | 30,000 | 90 MB |  | 1% |" in page
    assert any(line.startswith("Other programs took 50% of the machine meanwhile") for line in page)
    assert "| Quick | 20 | **20** | 150 | yes | 20 | 5 | 7 |" in page
    assert "| Slow | 200 | **200** | 100 | **no** | 200 | 150 | 4 to 5 |" in page
    assert "| Page | 12.0 | 10.0 | 1.20 | 9.0 | 1.33 |" in page
    assert "| Judge | by hand | 4.5 × | 2.0 ms | 9.0 ms |" in page
    assert "Of 2 tables, 1 come in under 1,000 ms, the target. The slowest:" in page
    assert page.index("| by age | 1,000 | **no** |") < page.index("| by sex | 999 | yes |")
    assert "| Drawing 100 of them | 4,000 |" in page
    assert "| `score ogrs3` | 4.0 | 25,000 |" in page
    assert "Beside the plain way, `score ogrs3` takes 2.0 times as long." in page


def test_a_bench_of_fifty_cases_runs_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REQUESTS", "2")
    monkeypatch.setenv("ROWS", "500")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    monkeypatch.setattr("tests.bench.__main__.FOLDER", tmp_path / "bench")
    main([50])
    assert "## Pages, with 50 cases in the record" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
