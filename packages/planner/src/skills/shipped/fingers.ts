import type { SkillRobot } from '../skill.ts';
import type { WorkCell } from '../work-cell.ts';
import { expectDone } from './results.ts';

/** Opens the fingers. @param width distance that they open to (m). Default: the widest @throws {SkillError} when they do not */
export async function openFingers(robot: SkillRobot, { robot: { gripper } }: WorkCell, width = gripper![1]) {
  expectDone(await robot.move({ kind: 'gripper', width, effort: 1 }), 'opening the gripper');
}
