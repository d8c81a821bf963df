import { type Command, Option } from '@commander-js/extra-typings';
import { print, printJson } from '../terminal/output.ts';

export function addFk(praxis: Command): void {
  praxis
    .command('fk')
    .description('compute the pose of a link of a URDF (forward kinematics)')
    .argument('<urdf>', 'URDF file')
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
    .action(async (urdf, { link, joints, json }) => {
      const { KinematicTree, parseJointValues } = await import('@praxis/model');
      const { readUrdf } = await import('../options/urdf-file.ts');
      const tree = new KinematicTree(readUrdf(urdf));
      const pose = [...tree.pose(link, parseJointValues(tree, joints))];
      if (json) printJson({ pose });
      else {
        print(`position    ${pose.slice(0, 3).map(formatDecimals).join(' ')}  m in ${tree.model.root}`);
        print(`quaternion  ${pose.slice(3).map(formatDecimals).join(' ')}  x y z w`);
      }
    });
}

const formatDecimals = (value: number): string => (Math.round(value * 1e6) / 1e6 + 0).toFixed(6).padStart(9);
