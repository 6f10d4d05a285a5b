"""Find the Chromium that the browser tests drive, or install Debian's where that is allowed."""

import os
import shutil
import subprocess
from pathlib import Path

from steps import fail, run, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
PACKAGES = ("chromium", "fonts-liberation")


def find_chromium() -> str | None:
    """The browser to run: ``OPENMAPPA_CHROMIUM``, or the first of the usual names on PATH that runs."""
    if named := os.environ.get("OPENMAPPA_CHROMIUM"):
        if not _runs(named):
            fail(f"OPENMAPPA_CHROMIUM names {named}, which does not run. Give the path of a Chromium.")
        return named
    found = [path for name in NAMES if (path := shutil.which(name))] + [str(MAC)] * MAC.exists()
    return next((path for path in found if _runs(path)), None)


def _runs(browser: str) -> bool:
    """Ubuntu's ``chromium-browser`` may be a stub that only says where the real one is:

    so ask for the version.
    """
    try:
        return subprocess.run([browser, "--version"], capture_output=True, check=False, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def main() -> None:
    """Leave when there is a browser; install one where this is root on Debian; otherwise say how."""
    if find_chromium():
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        fail(
            "The browser tests need Chromium, and there is none here. Install it (on Debian and Ubuntu: "
            f"sudo apt-get install {' '.join(PACKAGES)}), or set OPENMAPPA_CHROMIUM to the path of a Chrome."
        )
    say("Installing Chromium for the browser tests.")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "--quiet"], doing="reading the list of packages", environment=environment)
    install = ["apt-get", "install", "--quiet", "--yes", "--no-install-recommends", *PACKAGES]
    run(install, doing="installing Chromium", environment=environment)
    if not find_chromium():
        fail("Chromium was installed, but does not run. Set OPENMAPPA_CHROMIUM to the path of one that does.")


if __name__ == "__main__":
    main()
