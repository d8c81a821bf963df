#!/usr/bin/env bash
# Has LeRobot's own dataset class, lerobot-doctor and DuckDB read exported datasets: test/dataset-readers.nightly.test.ts. They are installed into
# .cache/lerobot (6 GB, some minutes).
#
#   scripts/lerobot/check-readers.sh            PYTHON=python3.12 chooses another one; it needs 3.12 or newer, with pip
#
# Where there is no such Python it says so and ends with status 3, and with 4 where pip does not reach its packages.
set -euo pipefail
cd "$(dirname "$0")/../.."

suits() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' > /dev/null 2>&1; }
found=
for python in ${PYTHON:-python3.12 "$HOME"/.pyenv/versions/3.12*/bin/python3.12 python3.13 python3}; do
  if suits "$python"; then found=$python && break; fi
done
if [ -z "$found" ]; then
  echo 'skipped: no Python 3.12 or newer with pip'
  exit 3
fi
readers=.cache/lerobot
if [ ! -x $readers/bin/python ]; then "$found" -m venv $readers; fi
if ! $readers/bin/pip install -q -r training/lerobot/requirements.txt -r scripts/lerobot/requirements.txt; then
  echo 'skipped: pip does not reach its packages'
  exit 4
fi
PRAXIS_LEROBOT_PYTHON="$PWD/$readers/bin/python" npx vitest run --project nightly test/dataset-readers.nightly.test.ts
