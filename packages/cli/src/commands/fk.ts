import { type Command, Option } from '@commander-js/extra-typings';
import type { JointValues, RobotModel } from '@praxis/model';
import { note, print, printJson } from '../terminal/output.ts';

export function addFk(praxis: Command): void {
  praxis
    .command('fk')
    .description('compute the pose of a link of a robot (forward kinematics)')
    .argument('<robot>', 'folder with a robot.yaml, URDF or MJCF file')
    .requiredOption('--link <name>', 'link whose pose is computed')
    .addOption(
      new Option('--joints <list>', 'name=value,... in rad or m, or with a unit as in joint1=30deg').default(
        '',
        '0 for each joint',
      ),
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
The pose is x,y,z (m) and the quaternion qx,qy,qz,qw in the frame of the root link.

Examples:
  $ npx praxis fk urdf/praxis_arm.urdf --link tool0
  $ npx praxis fk urdf/praxis_arm.urdf --joints joint2=0.5,joint4=-90deg --link tool0 --json`,
    )
    .action(async (robot, { link, joints, json }) => {
      const { KinematicTree, parseJointValues } = await import('@praxis/model');
      const { readModel } = await import('../options/robot-model.ts');
      const tree = new KinematicTree(await readModel(robot));
      const values = parseJointValues(tree, joints);
      for (const line of beyondLimits(tree.model, values)) note(`praxis fk: ${line}`);
      const pose = [...tree.pose(link, values)];
      if (json) printJson({ pose });
      else {
        print(`position    ${pose.slice(0, 3).map(formatDecimals).join(' ')}  m in ${tree.model.root}`);
        print(`quaternion  ${pose.slice(3).map(formatDecimals).join(' ')}  x y z w`);
      }
    });
}

/** One line for each joint whose value is outside its limits. */
const beyondLimits = ({ joints }: RobotModel, values: JointValues): readonly string[] =>
  joints.flatMap(({ name, type, limit }) => {
    const value = values[name];
    if (!limit || typeof value !== 'number' || (value >= limit.lower && value <= limit.upper)) return [];
    return [
      `${name} ${value}: is outside its limits, ${limit.lower} to ${limit.upper} ${type === 'prismatic' ? 'm' : 'rad'}`,
    ];
  });

const formatDecimals = (value: number): string => (Math.round(value * 1e6) / 1e6 + 0).toFixed(6).padStart(9);
