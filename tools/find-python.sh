#!/bin/sh
# Prints a Python that is 3.11 or newer. A name on PATH may be a shim that runs nothing, so each one is asked.
for candidate in "$OPENMAPPA_PYTHON" python3 python3.14 python3.13 python3.12 python3.11 python; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        command -v "$candidate"
        exit 0
    fi
done
echo 'OpenMAPPA needs Python 3.11 or newer, and there is none on this machine (python3 -V says which you have).' >&2
echo 'Install one, or name it: OPENMAPPA_PYTHON=/path/to/python3.12 make demo' >&2
exit 1
