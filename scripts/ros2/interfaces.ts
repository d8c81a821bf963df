/**
 * Writes the sources of the message packages that ROS 2 by pip lacks, with the types that the nodes of Praxis use.
 *
 *     node --import ./packages/core/source-loader.mjs scripts/ros2/interfaces.ts FOLDER
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ADDITIONAL_DEFINITIONS } from '../../packages/wire/src/definitions/additional-definitions.ts';

/** Packages to write; of the others only a real installation has the types. */
const PACKAGES = ['audio_common_msgs', 'control_msgs', 'tf2_msgs'];

const GRIPPER_STATE = `
float64 position
float64 effort
bool stalled
bool reached_goal
`;

/** Definitions by `package/kind/Name`, as the packages publish them, without comments. */
const DEFINITIONS: Readonly<Record<string, string>> = {
  ...ADDITIONAL_DEFINITIONS,
  // Not a type of Praxis: the tests of record_node record it, as a user records topics of other packages.
  'control_msgs/msg/InterfaceValue': 'string[] interface_names\nfloat64[] values\n',
  'control_msgs/msg/DynamicJointState':
    'std_msgs/Header header\nstring[] joint_names\nInterfaceValue[] interface_values\n',
  'tf2_msgs/msg/TFMessage': 'geometry_msgs/TransformStamped[] transforms\n',
  'control_msgs/action/GripperCommand': `GripperCommand command\n---${GRIPPER_STATE}---${GRIPPER_STATE}`,
};

const packageXml = (name: string, dependencies: readonly string[]): string => `<?xml version="1.0"?>
<package format="3">
  <name>${name}</name>
  <version>0.0.0</version>
  <description>The types of ${name} that Praxis uses.</description>
  <maintainer email="praxis@example.org">The Praxis developers</maintainer>
  <license>Apache-2.0</license>
  <buildtool_depend>ament_cmake</buildtool_depend>
  <buildtool_depend>rosidl_default_generators</buildtool_depend>
${dependencies.map((each) => `  <depend>${each}</depend>\n`).join('')}  <exec_depend>rosidl_default_runtime</exec_depend>
  <member_of_group>rosidl_interface_packages</member_of_group>
  <export><build_type>ament_cmake</build_type></export>
</package>
`;

const cmakeLists = (name: string, dependencies: readonly string[], files: readonly string[]): string => `\
cmake_minimum_required(VERSION 3.16)
project(${name} C CXX)
find_package(ament_cmake REQUIRED)
find_package(rosidl_default_generators REQUIRED)
${dependencies.map((each) => `find_package(${each} REQUIRED)\n`).join('')}\
rosidl_generate_interfaces(\${PROJECT_NAME}
${files.map((file) => `  "${file}"\n`).join('')}  DEPENDENCIES ${dependencies.join(' ')})
ament_export_dependencies(rosidl_default_runtime)
ament_package()
`;

function writePackage(name: string, folder: string): void {
  const files = new Map<string, string>();
  const dependencies = new Set<string>();
  for (const [type, text] of Object.entries(DEFINITIONS)) {
    const [owner, kind, typeName] = type.split('/');
    if (owner !== name) continue;
    files.set(`${kind}/${typeName}.${kind}`, text);
    for (const [, other] of text.matchAll(/\b(\w+)\/\w+/g)) if (other !== name) dependencies.add(other);
  }
  // An action's goal and result are messages of these packages.
  if ([...files.keys()].some((file) => file.endsWith('.action'))) dependencies.add('action_msgs');
  files.set('package.xml', packageXml(name, [...dependencies]));
  files.set(
    'CMakeLists.txt',
    cmakeLists(
      name,
      [...dependencies],
      [...files.keys()].filter((file) => file.includes('/')),
    ),
  );
  for (const [file, text] of files) {
    const path = join(folder, name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

const [folder] = process.argv.slice(2);
if (folder === undefined)
  throw new Error('usage: node --import ./packages/core/source-loader.mjs scripts/ros2/interfaces.ts FOLDER');
for (const name of PACKAGES) writePackage(name, folder);
