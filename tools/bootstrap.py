"""Make ``.venv`` from the hashed locks. Needs only this Python and its ``venv``; a second run does nothing,
quickly.

    python tools/bootstrap.py          what the service runs on
    python tools/bootstrap.py --dev    and what developing and testing need
"""

import shutil
import subprocess
import sys

from steps import ENVIRONMENT, PYTHON, ROOT, digest, fail, is_done, mark_done, one_at_a_time, run, say

RUNTIME = ROOT / "requirements.lock"
DEVELOPMENT = ROOT / "requirements-dev.lock"
INSTALLER = ROOT / "tools" / "requirements" / "uv.lock"
PROJECT = ROOT / "pyproject.toml"
STAMPS = ENVIRONMENT / ".openmappa"


def main(arguments: list[str]) -> None:
    """Make the environment, unless it stands already."""
    development = "--dev" in arguments
    if unknown := [word for word in arguments if word != "--dev"]:
        fail(f"tools/bootstrap.py does not know {unknown[0]!r}; it takes --dev or nothing.")
    if _stands(development):
        return
    with one_at_a_time("environment"):
        if not _stands(development):
            _make(development)


def _stands(development: bool) -> bool:
    """The development environment holds everything that the service runs on, so either will do for that."""
    if not PYTHON.exists():
        return False
    if is_done(STAMPS / "development", _fingerprint(development=True)):
        return True
    return not development and is_done(STAMPS / "runtime", _fingerprint(development=False))


def _fingerprint(*, development: bool) -> str:
    return digest([DEVELOPMENT if development else RUNTIME, INSTALLER, PROJECT], str(ROOT))


def _make(development: bool) -> None:
    _make_environment()
    uv = _install_uv()
    lock = DEVELOPMENT if development else RUNTIME
    say(f"Installing the packages of {lock.name} into .venv.")
    for stamp in ("development", "runtime"):
        (STAMPS / stamp).unlink(missing_ok=True)
    run(
        [*uv, "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", lock],
        doing="installing packages",
    )
    project = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    run([*uv, "pip", "install", "--quiet", "--python", PYTHON, *project], doing="installing OpenMAPPA itself")
    mark_done(STAMPS / ("development" if development else "runtime"), _fingerprint(development=development))


def _make_environment() -> None:
    if PYTHON.exists() and _works():
        return
    if ENVIRONMENT.exists():
        say("The folder .venv holds no Python 3.11 or newer that runs, so it is made again.")
        shutil.rmtree(ENVIRONMENT)
    say(f"Making .venv with Python {sys.version.split()[0]}.")
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian leaves it out of python3
        import venv  # noqa: PLC0415
    except ImportError:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        fail(
            "This Python cannot make environments: its venv module is missing. On Debian and Ubuntu "
            "install it with\n"
            f"    apt-get install {package}\n"
            "(sudo before it, if you are not root), then run the same command again."
        )
    try:
        venv.create(ENVIRONMENT, with_pip=True, symlinks=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        fail(f"The environment .venv could not be made: {problem}")


def _works() -> bool:
    command = [str(PYTHON), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _install_uv() -> list[str]:
    """The installer, in the version and with the hash that the repository names."""
    uv = [str(PYTHON), "-m", "uv"]
    wanted = next(line.split("==")[1].split()[0] for line in INSTALLER.read_text().splitlines() if "==" in line)
    found = subprocess.run([*uv, "--version"], capture_output=True, text=True, check=False)
    if found.returncode == 0 and found.stdout.split()[1:2] == [wanted]:
        return uv
    pip = [str(PYTHON), "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode:
        run([PYTHON, "-m", "ensurepip"], doing="adding pip to .venv")
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
    run([*pip, "install", *options, "--requirement", INSTALLER], doing="installing uv")
    return uv


if __name__ == "__main__":
    main(sys.argv[1:])
