"""Run the tests and say how much of the code they reach; the core must be reached whole.

python tools/test.py                      everything
python tools/test.py tests/visits -x      these tests alone, without the judgement on coverage
"""

import os
import subprocess
import sys

from steps import ROOT

CORE = "src/openmappa/core/*"


def main(arguments: list[str]) -> int:
    """The exit code: 0 when every test passed and the core is covered."""
    pytest = [sys.executable, "-m", "pytest"]
    if arguments:
        return subprocess.run([*pytest, *arguments], cwd=ROOT, check=False).returncode
    workers = str(min(os.cpu_count() or 1, 4))
    options = ["-n", workers, "--dist", "loadfile", "--cov", "--cov-report="]
    if code := subprocess.run([*pytest, *options], cwd=ROOT, check=False).returncode:
        return code
    report = [sys.executable, "-m", "coverage", "report", "--skip-covered"]
    subprocess.run([*report, "--show-missing", f"--omit={CORE}"], cwd=ROOT, check=False)
    print("\nThe core, which must be covered whole:", flush=True)
    core = [*report, "--show-missing", f"--include={CORE}", "--fail-under=100"]
    return subprocess.run(core, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
