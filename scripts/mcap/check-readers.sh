#!/usr/bin/env bash
# Reads the corpus of recordings with Python's mcap, mcap-ros2-support and rosbags, which are installed into .cache/mcap-readers.
#
#   scripts/mcap/check-readers.sh            PYTHON=python3.12 chooses another one; it needs 3.12 or newer, with pip
#
# Where there is no such Python it says so and ends with status 3, and with 4 where pip does not reach its packages.
set -euo pipefail
cd "$(dirname "$0")/../.."
readers=.cache/mcap-readers
scripts/python-packages.sh $readers mcap==1.6.0 mcap-ros2-support==0.6.0 rosbags==0.11.9
corpus=test/recordings/corpus
$readers/bin/python scripts/mcap/read-recordings.py --expect $corpus/expected.json \
  $corpus/zstd.mcap $corpus/lz4.mcap $corpus/uncompressed.mcap "$@"
