#!/bin/sh
# Find a Python that is new enough and let it run bootstrap.py beside this file. PYTHON=/path/to/python decides for itself.
set -eu
here=$(dirname "$0")
for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$candidate" "$here/bootstrap.py"
    fi
done
echo "No Python 3.11 or newer found (tried: ${PYTHON:+$PYTHON, }python3, python3.14 … python3.11, python)." >&2
echo "Install one, or name it: make setup PYTHON=/path/to/python3" >&2
exit 2
