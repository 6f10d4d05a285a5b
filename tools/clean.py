"""Delete the embedded databases of this checkout, and then all of ``var``."""

import shutil

from openmappa.config.cluster import EmbeddedServerError
from openmappa.config.embedded import EmbeddedServer
from steps import VAR, fail


def main() -> None:
    """Refuse while one of the databases is in use."""
    try:
        for name in ("postgres", "test-postgres"):
            EmbeddedServer(VAR / name).remove()
    except EmbeddedServerError as problem:
        fail(str(problem))
    shutil.rmtree(VAR, ignore_errors=True)


if __name__ == "__main__":
    main()
