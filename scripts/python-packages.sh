#!/usr/bin/env bash
# Installs packages of pip into a virtual environment of their own, for checks against programs in Python.
#
#   scripts/python-packages.sh DIR PACKAGE...     PYTHON=python3.12 chooses another one; it needs 3.12 or newer, with pip
#
# Where there is no such Python it says so and ends with status 3, and with 4 where pip does not reach the packages.
set -euo pipefail
dir=$1
shift

suits() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' > /dev/null 2>&1; }
found=
for python in ${PYTHON:-python3.12 "$HOME"/.pyenv/versions/3.12*/bin/python3.12 python3.13 python3.14 python3}; do
  if suits "$python"; then found=$python && break; fi
done
if [ -z "$found" ]; then
  echo 'skipped: no Python 3.12 or newer with pip'
  exit 3
fi
if [ ! -x "$dir/bin/python" ]; then "$found" -m venv "$dir"; fi
if ! "$dir/bin/pip" install -q "$@"; then
  echo 'skipped: pip does not reach its packages'
  exit 4
fi
