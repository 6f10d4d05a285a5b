"""Everything that must hold besides the tests. Every check runs, so that one look shows all that is wrong."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from steps import ROOT

BIN = Path(sys.executable).parent
CHECKS = {
    "formatting": ["ruff", "format", "--check", "--quiet", "."],
    "lint": ["ruff", "check", "--quiet", "."],
    "types": ["mypy"],
    "layers": ["lint-imports", "--no-cache"],
    "missing migrations": ["openmappa", "manage", "makemigrations", "--check", "--dry-run"],
    "insecure code": ["bandit", "--quiet", "--severity-level", "medium", "--recursive", "src", "tools"],
    "known vulnerabilities": ["python", "tools/known_faults.py"],
    "documentation": ["zensical", "build", "--strict"],
}

COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def main() -> int:
    """The exit code: 0 when every check holds."""
    environment = {**os.environ, "OPENMAPPA_DEMO": "yes", "PYTHONWARNINGS": "default", "NO_COLOR": "1"}
    environment |= {
        "OPENMAPPA_POSTGRES": str(ROOT / "var" / "test-postgres"),
        "OPENMAPPA_POSTGRES_DURABLE": "no",
    }
    failed = []
    for name, (program, *arguments) in CHECKS.items():
        started = time.monotonic()
        done = subprocess.run(
            [str(BIN / program), *arguments],
            cwd=ROOT,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        print(
            f"{'ok  ' if done.returncode == 0 else 'FAIL'}  {name} ({time.monotonic() - started:.1f} s)",
            flush=True,
        )
        if done.returncode == 0 and "Skipped:" in done.stdout:
            print(f"      {done.stdout.strip()}", flush=True)
        if done.returncode:
            failed.append(name)
            print(COLOURS.sub("", done.stdout).strip(), flush=True)
    if failed:
        print(f"\nTo mend: {', '.join(failed)}. make fix puts formatting and much of lint in order.")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
