import { type Observation, quaternion, Random, toolTaskOf } from '@praxis/core';

import { chainKinematics, isStraightPathReachable, parseUrdf, solveIk } from '@praxis/model';
import { RecedingHorizon } from '@praxis/policy';
import { type GoalResult, type MotionGoal, MotionPolicy } from '@praxis/teleop';
import { describe, expect, it } from 'vitest';
import { ControlledArm } from '../packages/core/src/testing/controlled-arm.ts';

const CONTROL_PERIOD_S = 0.002;
const TICKS_PER_INFERENCE = 50;
const MOVE_M = 0.05;

/** Name, offset (m), axis and limit (rad) of each joint of a low-cost arm that turns the tool about two axes only. */
const JOINTS = [
  ['pan', '0.03 0 0.06', '0 0 1', 1.9],
  ['lift', '0.03 0 0.055', '0 1 0', 1.7],
  ['elbow', '0.03 0 0.11', '0 1 0', 1.6],
  ['wrist', '0.13 0 0', '0 1 0', 1.6],
  ['roll', '0.06 0 0', '1 0 0', 2.7],
] as const;

const URDF = `<robot name="five_joint_arm"><link name="base"/>${JOINTS.map(
  ([name, offset, axis, limit], i) => `<link name="${name}_link"/>
    <joint name="${name}" type="revolute"><parent link="${i === 0 ? 'base' : `${JOINTS[i - 1][0]}_link`}"/>
    <child link="${name}_link"/><origin xyz="${offset}"/><axis xyz="${axis}"/>
    <limit lower="${-limit}" upper="${limit}" velocity="3" effort="10"/></joint>`,
).join('')}<link name="tool"/><joint name="tip" type="fixed"><parent link="roll_link"/><child link="tool"/>
  <origin xyz="0.1 0 0"/></joint></robot>`;

const arm = chainKinematics(parseUrdf(URDF), 'base', 'tool');
const HOME = Float64Array.of(0, -0.9, 1, 0.9, 0);
const poseOf = (joints: Float64Array): Float64Array => {
  const pose = new Float64Array(7);
  arm.forward(joints, pose);
  return pose;
};
const distance = (a: ArrayLike<number>, b: ArrayLike<number>) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** True when joint positions that change by little lead to each point of a straight line. */
function isPositionReachable(joints: Float64Array, to: Float64Array): boolean {
  const from = poseOf(joints);
  let last = joints;
  for (let part = 1; part <= 10; part++) {
    const point = to.map((value, i) => (i < 3 ? from[i] + (part / 10) * (value - from[i]) : value));
    const options = { start: last, posture: last, task: 'position', positionTolerance: 1e-5, restarts: 0 } as const;
    const solution = solveIk(arm, point, options);
    if (!solution.converged || solution.joints.some((value, i) => Math.abs(value - last[i]) > 0.6)) return false;
    last = solution.joints;
  }
  return true;
}

/** Commands goals one after the other to an arm that follows its commands exactly. */
async function drive(joints: Float64Array, goals: readonly MotionGoal[]) {
  const policy = new MotionPolicy({
    workspace: { minimum: [-1, -1, 0], maximum: [1, 1, 1] },
    home: poseOf(HOME),
    reaches: (from, to, task) => isStraightPathReachable(arm, from, to, HOME, task),
    task: toolTaskOf(arm.jointNames.length),
  });
  const results: GoalResult[] = [];
  policy.results$.subscribe((result) => results.push(result));
  const scheduler = new RecedingHorizon();
  const controller = new ControlledArm(arm, scheduler);
  controller.begin(joints, 0.04, 0);
  const contact = new Float64Array(6);
  let tick = 0;
  for (const [id, goal] of goals.entries()) {
    policy.start(id, goal);
    for (const end = tick + 10_000; results.length <= id && tick < end; ) {
      const now = tick * CONTROL_PERIOD_S;
      if (tick % TICKS_PER_INFERENCE === 0) {
        const state = Float64Array.of(...controller.pose, controller.gripperWidth);
        quaternion.toRotationVector(controller.pose, state, 3, 3);
        state[6] = controller.gripperWidth;
        state[7] = 0;
        const observation: Observation = { stamp: now, inputs: new Map(), reference: { state, age: 0 } };
        scheduler.addChunk(await policy.infer(observation), now);
      }
      controller.step(++tick * CONTROL_PERIOD_S, contact);
    }
  }
  return { outcomes: results.map(({ outcome }) => outcome), pose: controller.pose, results };
}

const move = (axis: 'x' | 'y' | 'z', metres: number): MotionGoal => ({
  kind: 'translate',
  frame: 'base',
  axis,
  metres,
  speed: 0.05,
  timeout: 6,
  until: 'done',
});

describe('motion by words on a five-joint arm', () => {
  it('carries out every move of 5 cm whose positions are reachable', async () => {
    const random = new Random(3, 'moves');
    let [moves, done] = [0, 0];
    for (let k = 0; k < 20; k++) {
      const joints = Float64Array.from(arm.lower, (lower, i) => 0.9 * random.uniform(lower, arm.upper[i]));
      const from = poseOf(joints);
      for (const [i, axis] of (['x', 'y', 'z'] as const).entries()) {
        for (const metres of [-MOVE_M, MOVE_M]) {
          const target = from.slice();
          target[i] += metres;
          if (from[2] < 0.02 || target[2] < 0 || !isPositionReachable(joints, target)) continue;
          moves++;
          const { outcomes, pose } = await drive(joints, [move(axis, metres)]);
          if (outcomes[0] === 'done' && distance(pose, target) < 0.002) done++;
        }
      }
    }
    expect(moves).toBeGreaterThan(80);
    expect(done / moves).toBeGreaterThanOrEqual(0.98);
  });

  it('turns about an axis that it has, refuses one that it lacks, and returns home', async () => {
    const rotate = (axis: 'x' | 'y' | 'z'): MotionGoal => ({
      kind: 'rotate',
      axis,
      radians: 0.4,
      speed: 0.5,
      timeout: 4,
    });
    const goals = [move('y', MOVE_M), rotate('x'), rotate('z'), { kind: 'home', speedFactor: 1 } as const];
    const { outcomes, pose, results } = await drive(HOME, goals);
    expect(outcomes).toEqual(['done', 'done', 'refused', 'done']);
    expect(results[2].why).toBe('out of reach');
    expect(distance(pose, poseOf(HOME))).toBeLessThan(0.002);
  });

  it('refuses a move that leaves its reach', async () => {
    const { outcomes } = await drive(HOME, [move('x', 0.4)]);
    expect(outcomes).toEqual(['refused']);
  });
});
