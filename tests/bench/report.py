"""The page that says how fast it is, from what was measured."""

import platform
from datetime import date
from pathlib import Path
from typing import Any

from tests.bench.measuring import percentile


def machine(folder: Path) -> str:
    return ""


def report(results: list[dict[str, Any]], machine: str, day: date) -> str:
    lines = []
    for result in results:
        for one in result["requests"]:
            ms = one["milliseconds"]
            lines.append(
                f"{result['cases']:>7} {one['name']:32} median {percentile(ms, 0.5):7.1f} p95 {percentile(ms, 0.95):7.1f} max {max(ms):7.1f} db {percentile(one['database_ms'], 0.95):7.1f} queries {min(one['queries'])}-{max(one['queries'])}"
            )
        for one in result["beside"]:
            lines.append(
                f"{one['what']}: ours {one['ours_ms']:.2f} plain {one['plain_ms']:.2f} ratio {one['plain_ms'] / one['ours_ms']:.1f}"
            )
    return "\n".join(lines)
