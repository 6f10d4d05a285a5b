"""Whether a dependency has a known vulnerability, by pip-audit from the Open Source Vulnerabilities database (osv.dev).

Without a way there (no internet, as in many a CI), it says so and fails nothing: a build must not depend on somebody
else's server. Behind such a wall, name a mirror of the database: OPENMAPPA_OSV_URL=https://mirror.example/v1/query.
"""

import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from steps import ROOT

OSV = "https://api.osv.dev/v1/query"
LOCKS = ("requirements.lock", "requirements-dev.lock")
ARGUED: dict[str, str] = {}
"""A vulnerability's id, and why it does no harm here."""
SECONDS = 10


def main() -> int:
    """0 when nothing is known, or nobody could be asked; 1 when something is known, or the answer could not be read."""
    address = os.environ.get("OPENMAPPA_OSV_URL") or OSV
    if reason := unreachable(address):
        print(
            f"Skipped: nobody could be asked about known vulnerabilities. {address} {reason}. Run make check where it "
            "can be reached before a release, or set OPENMAPPA_OSV_URL to a mirror."
        )
        return 0
    command = [str(Path(sys.executable).with_name("pip-audit")), "--vulnerability-service", "osv", "--osv-url", address]
    command += ["--disable-pip", "--require-hashes", "--strict", "--progress-spinner", "off"]
    command += [word for lock in LOCKS for word in ("--requirement", str(ROOT / lock))]
    command += [word for known in ARGUED for word in ("--ignore-vuln", known)]
    done = subprocess.run(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        print(done.stdout.strip())
    return done.returncode


def unreachable(address: str) -> str:
    """Why nothing answers at ``address`` as the database does; nothing when it answers."""
    question = urllib.request.Request(  # noqa: S310 - an address that the developer chose
        address, data=b'{"package": {"name": "django", "ecosystem": "PyPI"}, "version": "5.2"}', method="POST"
    )
    try:
        with urllib.request.urlopen(question, timeout=SECONDS) as answer:  # noqa: S310  # nosec B310
            return "" if re.match(rb"\s*\{", answer.read(200)) else "answers something else"
    except urllib.error.HTTPError as problem:
        return f"answers {problem.code}"
    except (OSError, ValueError) as problem:
        return f"cannot be reached ({getattr(problem, 'reason', problem)})"


if __name__ == "__main__":
    sys.exit(main())
