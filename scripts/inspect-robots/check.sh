#!/usr/bin/env bash
# Lets inspect-robots, an evaluator of policies from pip, drive the simulated arm of `praxis serve` by rosbridge: 20 trials. Its packages are
# installed into .cache/inspect-robots.
#
#   scripts/inspect-robots/check.sh [--trials N]     PYTHON=python3.12 chooses another one; it needs 3.12 or newer, with pip
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
packages=.cache/inspect-robots
if [ ! -x $packages/bin/python ]; then "$found" -m venv $packages; fi
if ! $packages/bin/pip install -q inspect-robots==0.60.0 inspect-robots-ros==0.1.0; then
  echo 'skipped: pip does not reach its packages'
  exit 4
fi

logs=$(mktemp -d)
node packages/cli/bin/praxis.mjs serve --world free --driver client --port 0 > "$logs/address" 2> "$logs/remarks" &
server=$!
trap 'kill $server 2> /dev/null || true; rm -r "$logs"' EXIT
for _ in $(seq 600); do
  if [ -s "$logs/address" ] || ! kill -0 $server 2> /dev/null; then break; fi
  sleep 0.1
done
if [ ! -s "$logs/address" ]; then
  cat "$logs/remarks"
  exit 1
fi
status=0
$packages/bin/python scripts/inspect-robots/evaluate.py "$(cat "$logs/address")/rosbridge" --log-dir "$logs/evaluation" "$@" || status=1
if [ $status != 0 ]; then cat "$logs/remarks"; fi
exit $status
