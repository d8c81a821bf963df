#!/usr/bin/env bash
# Reads the corpus of recordings with Python's mcap, mcap-ros2-support and rosbags, which are installed into .cache/mcap-readers.
#
#   scripts/mcap/check-readers.sh            PYTHON=python3.12 chooses another one; it needs 3.12 or newer, with pip
#
# Where there is no such Python it says so and ends with status 3, and with 4 where pip does not reach its packages.
set -euo pipefail
cd "$(dirname "$0")/../.."

suits() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' > /dev/null 2>&1; }
found=
for python in ${PYTHON:-python3.12 "$HOME"/.pyenv/versions/3.12*/bin/python3.12 python3.13 python3.14 python3}; do
  if suits "$python"; then found=$python && break; fi
done
if [ -z "$found" ]; then
  echo 'skipped: no Python 3.12 or newer with pip'
  exit 3
fi
readers=.cache/mcap-readers
if [ ! -x $readers/bin/python ]; then "$found" -m venv $readers; fi
if ! $readers/bin/pip install -q mcap==1.6.0 mcap-ros2-support==0.6.0 rosbags==0.11.9; then
  echo 'skipped: pip does not reach its packages'
  exit 4
fi
corpus=test/recordings/corpus
$readers/bin/python scripts/mcap/read-recordings.py --expect $corpus/expected.json \
  $corpus/zstd.mcap $corpus/lz4.mcap $corpus/uncompressed.mcap "$@"
