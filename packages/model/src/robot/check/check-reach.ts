import { type Kinematics, POSE_SIZE, Random } from '@praxis/core';
import type { RobotModel } from '../../description/robot-model.ts';
import { chainKinematics } from '../../kinematics/chain.ts';
import { randomPosture } from '../analysis/sampling.ts';
import type { ArmDefinition, RobotDefinition } from '../definition.ts';
import { type Finding, fault, shown, warning } from './finding.ts';

/** Postures that are sampled. */
const SAMPLES = 4000;
/** Share of them that should lie in the workspace. */
const LEAST_SHARE = 0.01;

/** Where the tool of an arm comes to, by sampling postures within the limits. */
export interface Reach {
  /** Lowest and highest corner of the box around all positions of the tool (m, base frame). */
  readonly lower: readonly [number, number, number];
  readonly upper: readonly [number, number, number];
  /** Largest distance of the tool from the base frame's origin (m). */
  readonly distance: number;
}

/** Positions of the tool in random postures, 3 numbers each (m, base frame). */
export function sampledPositions(chain: Kinematics, count = SAMPLES): Float64Array {
  const random = new Random(1, 'reach');
  const pose = new Float64Array(POSE_SIZE);
  const out = new Float64Array(3 * count);
  for (let i = 0; i < count; i++) {
    chain.forward(randomPosture(chain, random), pose);
    out.set(pose.subarray(0, 3), 3 * i);
  }
  return out;
}

/** Reach of an arm. @throws {InputError} when the arm has no kinematics */
export function reachOf(model: RobotModel, { base, tool }: Pick<ArmDefinition, 'base' | 'tool'>): Reach {
  const positions = sampledPositions(chainKinematics(model, base, tool));
  const lower: [number, number, number] = [Infinity, Infinity, Infinity];
  const upper: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  let distance = 0;
  for (let i = 0; i < positions.length; i += 3) {
    for (let axis = 0; axis < 3; axis++) {
      lower[axis] = Math.min(lower[axis], positions[i + axis]);
      upper[axis] = Math.max(upper[axis], positions[i + axis]);
    }
    distance = Math.max(distance, Math.hypot(positions[i], positions[i + 1], positions[i + 2]));
  }
  return { lower, upper, distance };
}

type Workspace = NonNullable<RobotDefinition['workspace']>;

const isInside = ({ lower, upper }: Workspace, positions: Float64Array, i: number): boolean =>
  lower.every((value, axis) => positions[i + axis] >= value && positions[i + axis] <= upper[axis]);

/** Checks that the tool of an arm comes into the workspace, and starts inside. @param name command group of the arm */
export function checkWorkspace(
  workspace: Workspace,
  name: string,
  arm: ArmDefinition,
  model: RobotModel,
): readonly Finding[] {
  const empty = workspace.lower.findIndex((value, axis) => value >= workspace.upper[axis]);
  if (empty >= 0) {
    const axis = 'xyz'[empty];
    return [
      fault(
        'workspace',
        `${axis} from ${workspace.lower[empty]} to ${workspace.upper[empty]}: expected lower below upper`,
      ),
    ];
  }
  const chain = chainKinematics(model, arm.base, arm.tool);
  const positions = sampledPositions(chain);
  let inside = 0;
  for (let i = 0; i < positions.length; i += 3) if (isInside(workspace, positions, i)) inside++;
  if (inside === 0) {
    return [fault('workspace', `the tool of "${name}" was in it in none of ${SAMPLES} postures: out of reach`)];
  }
  const findings: Finding[] = [];
  const share = (3 * inside) / positions.length;
  if (share < LEAST_SHARE) {
    findings.push(
      warning('workspace', `the tool of "${name}" was in it in ${shown(100 * share)} % of ${SAMPLES} postures only`),
    );
  }
  const pose = new Float64Array(POSE_SIZE);
  chain.forward(Float64Array.from(arm.home), pose);
  if (!isInside(workspace, pose, 0)) {
    const at = [...pose.subarray(0, 3)].map(shown).join(', ');
    findings.push(fault(`arms.${name}.home`, `the tool is at ${at} m, outside of the workspace`));
  }
  return findings;
}
