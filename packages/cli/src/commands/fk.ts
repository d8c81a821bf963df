import type { Command } from 'commander';

export interface FkOptions {
  readonly joints?: string;
  readonly link: string;
  readonly json?: true;
}

export function addFk(praxis: Command): void {
  praxis
    .command('fk')
    .description("pose of a link of any robot's URDF")
    .argument('<urdf>', 'URDF file')
    .requiredOption('--link <name>', 'link whose pose is asked')
    .option('--joints <list>', 'name=value,... in rad or m, or with a unit as in joint1=30deg; others are 0')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
The pose is x,y,z (m) and the quaternion qx,qy,qz,qw in the frame of the root link.

Examples:
  $ npx praxis fk urdf/praxis_arm.urdf --link tool0
  $ npx praxis fk urdf/praxis_arm.urdf --joints joint2=0.5,joint4=-90deg --link tool0 --json`,
    )
    .action(async (urdf: string, options: FkOptions) => {
      const { run } = await import('../kinematics/fk.ts');
      process.exitCode = run(urdf, options);
    });
}
