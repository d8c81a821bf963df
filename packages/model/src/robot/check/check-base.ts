import type { RobotModel } from '../../description/robot-model.ts';
import { KinematicTree } from '../../kinematics/tree.ts';
import type { BaseDefinition } from '../definition.ts';
import { unknownNames } from './check-arm.ts';
import { type Finding, fault, shown } from './finding.ts';

/** Largest deviation of a wheel from its place (m), and of its axis as a component of a unit vector. */
const WHEEL_TOLERANCE = 1e-3;

/**
 * Checks the names of a driven base, and that each wheel turns on about y at half the track, all axles at one height.
 * @param name command group of the base
 */
export function checkBase(name: string, base: BaseDefinition, model: RobotModel): readonly Finding[] {
  const subject = `bases.${name}`;
  const { link, left, right, casters, track } = base;
  const links = new Set(model.links.map((each) => each.name));
  const joints = new Map(model.joints.map((joint) => [joint.name, joint]));
  const unknown = [
    ...unknownNames(links, 'link', [
      [`${subject}.link`, link],
      ...casters.map((each) => [`${subject}.casters`, each] as const),
    ]),
    ...unknownNames(new Set(joints.keys()), 'joint', [
      ...left.map((each) => [`${subject}.left`, each] as const),
      ...right.map((each) => [`${subject}.right`, each] as const),
    ]),
  ];
  if (unknown.length > 0) return unknown;
  const tree = new KinematicTree(model);
  const centre = tree.pose(link);
  const heights = new Set<number>();
  const findings: Finding[] = [];
  const sides = [
    ...left.map((each) => [each, track / 2] as const),
    ...right.map((each) => [each, -track / 2] as const),
  ];
  for (const [each, expected] of sides) {
    const joint = joints.get(each)!;
    if (joint.type !== 'continuous') {
      findings.push(fault(subject, `wheel "${each}" is ${joint.type}: expected a continuous joint`));
      continue;
    }
    if (Math.abs(joint.axis[1] - 1) > WHEEL_TOLERANCE)
      findings.push(fault(subject, `wheel "${each}" turns about ${joint.axis.map(shown).join(' ')}: expected 0 1 0`));
    const pose = tree.pose(joint.child);
    const y = pose[1] - centre[1];
    if (Math.abs(y - expected) > WHEEL_TOLERANCE) {
      findings.push(
        fault(subject, `wheel "${each}" is at y = ${shown(y)} m: expected ${shown(expected)}, half the track`),
      );
    }
    heights.add(Math.round(pose[2] / WHEEL_TOLERANCE));
  }
  if (heights.size > 1) findings.push(fault(subject, 'the axles of the wheels are at different heights'));
  return findings;
}
