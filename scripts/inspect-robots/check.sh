#!/usr/bin/env bash
# Lets inspect-robots, an evaluator of policies from pip, drive the simulated arm of `praxis serve` by rosbridge: 20 trials. Its packages are
# installed into .cache/inspect-robots.
#
#   scripts/inspect-robots/check.sh [--trials N]     PYTHON=python3.12 chooses another one; it needs 3.12 or newer, with pip
#
# Where there is no such Python it says so and ends with status 3, and with 4 where pip does not reach its packages.
set -euo pipefail
cd "$(dirname "$0")/../.."
packages=.cache/inspect-robots
scripts/python-packages.sh $packages inspect-robots==0.60.0 inspect-robots-ros==0.1.0

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
