import type { Command } from 'commander';

export interface IkOptions {
  readonly link: string;
  readonly pose: string;
  readonly json?: true;
}

export function addIk(praxis: Command): void {
  praxis
    .command('ik')
    .description("joints that bring a link of any robot's URDF to a pose")
    .argument('<urdf>', 'URDF file')
    .requiredOption('--link <name>', 'link to move')
    .requiredOption('--pose <numbers>', 'x,y,z,qx,qy,qz,qw in m in the frame of the root link')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Example:
  $ npx praxis ik urdf/praxis_arm.urdf --link tool0 --pose 0.5,0,0.3,1,0,0,0 --json`,
    )
    .action(async (urdf: string, options: IkOptions) => {
      const { run } = await import('../kinematics/ik.ts');
      process.exitCode = run(urdf, options);
    });
}
