"""Run the tests: those of the core first, which must reach every line of it, then all others.

python tools/test.py                      everything
python tools/test.py tests/visits -x      these tests alone, without the judgement on coverage
python tools/test.py --reach              everything, and how much of the code outside the core it reaches besides

Counting lines makes Python nearly twice as slow, so only the core's tests are counted unless asked.
"""

import os
import subprocess
import sys

from steps import ROOT

CORE = "tests/core"
CORE_COUNTED = ("--cov=src/openmappa/core", "--cov-report=term-missing:skip-covered", "--cov-fail-under=100")


def main(arguments: list[str]) -> int:
    """The exit code: 0 when every test passed and the core is covered."""
    if arguments and arguments != ["--reach"]:
        return pytest(*arguments)
    shared = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile"]
    counted = ["--cov=src/openmappa", "--cov-report=term-missing:skip-covered"] if arguments else []
    return max(pytest(CORE, *shared, *CORE_COUNTED), pytest(f"--ignore={CORE}", *shared, *counted))


def pytest(*options: str) -> int:
    """Run pytest with these options; its exit code.

    Compiled files are kept, whatever the shell says: the tests start the programs hundreds of times, and compiling
    everything afresh takes each of them seconds.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "pytest", *options]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
