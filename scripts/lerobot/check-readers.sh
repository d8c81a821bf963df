#!/usr/bin/env bash
# Has LeRobot's own dataset class, lerobot-doctor and DuckDB read exported datasets: test/dataset-readers.nightly.test.ts. They are installed into
# .cache/lerobot (6 GB, some minutes).
#
#   scripts/lerobot/check-readers.sh            PYTHON=python3.12 chooses another one; it needs 3.12 or newer, with pip
#
# Where there is no such Python it says so and ends with status 3, and with 4 where pip does not reach its packages.
set -euo pipefail
cd "$(dirname "$0")/../.."
readers=.cache/lerobot
scripts/python-packages.sh $readers -r training/lerobot/requirements.txt -r scripts/lerobot/requirements.txt
PRAXIS_LEROBOT_PYTHON="$PWD/$readers/bin/python" npx vitest run --project nightly test/dataset-readers.nightly.test.ts
