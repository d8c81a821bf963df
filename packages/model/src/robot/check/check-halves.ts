import type { RobotModel } from '../../description/robot-model.ts';
import { KinematicTree } from '../../kinematics/tree.ts';
import type { RobotDefinition } from '../definition.ts';
import { type Finding, fault } from './finding.ts';

/**
 * Checks that several arms start apart: the supervisor keeps each on its side of the plane halfway between its base and that of each
 * other arm, so the tool has to be there at home.
 */
export function checkHalves(arms: RobotDefinition['arms'], model: RobotModel): readonly Finding[] {
  const tree = new KinematicTree(model);
  const names = Object.keys(arms);
  return names.flatMap((name) => {
    const { base, tool, joints, home } = arms[name];
    const own = tree.pose(base);
    const at = tree.pose(tool, Object.fromEntries(joints.map((joint, i) => [joint, home[i]])));
    return names.flatMap((other): readonly Finding[] => {
      if (other === name) return [];
      const its = tree.pose(arms[other].base);
      const squared = (point: Float64Array) => [0, 1, 2].reduce((sum, i) => sum + (at[i] - point[i]) ** 2, 0);
      if (squared(own) <= squared(its)) return [];
      return [fault(`arms.${name}.home`, `the tool is on the half of "${other}": expected it nearer to its own base`)];
    });
  });
}
