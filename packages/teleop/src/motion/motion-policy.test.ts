import {
  type ActionChunk,
  type ActionSpec,
  ARM_POSE,
  armBlocks,
  checkChunk,
  GRIPPER_WIDTH,
  type Observation,
  PolicyError,
  quaternion,
} from '@praxis/core';
import { describe, expect, it } from 'vitest';
import type { MotionGoal } from '../dialogue/goal.ts';
import { type GoalResult, resultInWords } from './goal-result.ts';
import type { MotionPolicyOptions } from './motion-options.ts';
import { MotionPolicy } from './motion-policy.ts';
import { SwitchedPolicy } from './switched-policy.ts';

const HOME = Float64Array.of(0.4, 0, 0.3, 1, 0, 0, 0);
const WORKSPACE = { minimum: [0.2, -0.4, 0.02], maximum: [0.7, 0.4, 0.6] } as const;
const left = (metres: number, more: object = {}): MotionGoal => ({
  kind: 'translate',
  frame: 'base',
  axis: 'y',
  metres,
  speed: 0.1,
  timeout: 4,
  until: 'done',
  ...more,
});

/** An arm that follows its commands exactly unless it is `stuck`; the policy infers every 0.1 s. */
function follower(options: Partial<MotionPolicyOptions> = {}) {
  const policy = new MotionPolicy({ workspace: WORKSPACE, home: HOME, ...options });
  const results: GoalResult[] = [];
  policy.results$.subscribe((result) => results.push(result));
  const state = { pose: Float64Array.from(HOME), width: 0.08, stuck: false, time: 0 };
  const observation = (): Observation => {
    const sample = new Float64Array(8);
    sample.set(state.pose.subarray(0, 3));
    quaternion.toRotationVector(state.pose, sample, 3, 3);
    sample[6] = state.width;
    const [spec] = policy.spec.inputs;
    const input = { spec, present: true, age: 0, stamp: state.time, samples: [sample] };
    const reference = { state: sample, age: 0 };
    return { stamp: state.time, inputs: new Map([[spec.name, input]]), reference };
  };
  const obey = (chunk: ActionChunk) => {
    state.time += 0.1;
    if (state.stuck) return;
    // Two rows of 50 ms each make 0.1 s.
    state.pose.set(chunk.blocks.arm.data.subarray(7, 14));
    state.width = chunk.blocks.gripper.data[1];
  };
  const run = async (seconds: number) => {
    for (const end = state.time + seconds - 1e-9; state.time < end; ) obey(await policy.infer(observation()));
  };
  return { policy, results, state, observation, obey, run, outcomes: () => results.map(({ outcome }) => outcome) };
}

describe('MotionPolicy', () => {
  it('without a goal keeps the tool at its first pose', async () => {
    const { state, run } = follower();
    await run(1);
    state.pose.forEach((value, i) => {
      expect(value).toBeCloseTo(HOME[i], 12);
    });
    expect(state.width).toBe(0.08);
  });

  it('moves the target no faster than the goal allows, and ends at rest', async () => {
    const { policy, observation, obey, outcomes } = follower();
    policy.start(1, left(0.1));
    let last = 0;
    for (let k = 0; k < 20; k++) {
      const chunk = await policy.infer(observation());
      for (const y of [chunk.blocks.arm.data[1], chunk.blocks.arm.data[8]]) {
        expect(y - last).toBeLessThanOrEqual(0.1 * 0.05 + 1e-12);
        expect(y - last).toBeGreaterThanOrEqual(-1e-12);
        last = y;
      }
      obey(chunk);
    }
    expect(last).toBeCloseTo(0.1, 9);
    expect(outcomes()).toEqual(['done']);
  });

  it('does not pull at an arm that does not follow: the goal is blocked and the arm stays in place', async () => {
    const { policy, state, run, results } = follower();
    await run(0.2);
    state.stuck = true;
    policy.start(1, left(0.2));
    await run(1);
    expect(results).toMatchObject([{ outcome: 'blocked', short: { metres: expect.closeTo(0.2, 3) } }]);
    expect(resultInWords(results[0])).toBe('blocked: 20 cm short');
    state.stuck = false;
    await run(1);
    expect(state.pose[1]).toBe(0);
  });

  it('gives a goal up after its timeout', async () => {
    const { policy, state, run, outcomes } = follower();
    policy.start(1, left(0.2, { speed: 0.02, timeout: 1 }));
    await run(3);
    expect(outcomes()).toEqual(['timed_out']);
    expect(state.pose[1]).toBeLessThan(0.03);
  });

  it('refuses goals beyond the limits from any sender', () => {
    const { policy, results } = follower();
    const wrong: MotionGoal[] = [
      left(Number.NaN),
      left(0.5),
      left(0.1, { speed: 1 }),
      left(0.1, { speed: 0 }),
      left(1, { until: 'stopped' }),
      { kind: 'rotate', axis: 'z', radians: 3, speed: 0.1, timeout: 9 },
      { kind: 'gripper', width: -0.01, effort: 0.5 },
      { kind: 'gripper', width: 0.05, effort: 2 },
      { kind: 'home', speedFactor: 5 },
    ];
    for (const [i, goal] of wrong.entries()) policy.start(i, goal);
    expect(results.map(({ outcome }) => outcome)).toEqual(wrong.map(() => 'refused'));
    for (const result of results) expect(resultInWords(result)).toBeTruthy();
  });

  it('says before the start which goal it would refuse', async () => {
    const { policy, run, results } = follower({ limits: { maximumStep: 1 } });
    // Where the tool stands is not known yet.
    expect(policy.refusalOf(left(0.6))).toBeUndefined();
    await run(0.1);
    expect(policy.refusalOf(left(0.3))).toBeUndefined();
    expect(policy.refusalOf(left(0.6))).toBe('outside the workspace: at most 40 cm that way');
    expect(policy.refusalOf({ kind: 'return', to: 7, speedFactor: 1 })).toBe('I no longer know where that was');
    policy.start(1, left(0.6));
    await run(0.1);
    expect(results[0]).toMatchObject({ outcome: 'refused', why: policy.refusalOf(left(0.6)) });
    policy.releaseControl();
    expect(policy.refusalOf(left(0.6))).toBeUndefined();
  });

  it('returns only to poses in its history', async () => {
    const { policy, state, run, results } = follower();
    policy.start(1, left(0.05));
    await run(2);
    policy.start(2, { kind: 'return', to: 1, speedFactor: 1 });
    await run(2);
    expect(state.pose[1]).toBeCloseTo(0, 6);
    policy.start(3, { kind: 'return', to: 77, speedFactor: 1 });
    await run(0.1);
    expect(results.at(-1)).toMatchObject({ id: 3, outcome: 'refused' });
  });

  it('does not move an arm while it is suspended, nor back after a person moved it', async () => {
    const { policy, state, run, outcomes } = follower();
    policy.start(1, left(0.2));
    await run(0.5);
    policy.suspend('stopped');
    policy.start(2, left(0.05));
    state.pose[2] = 0.2;
    await run(0.5);
    policy.restore();
    await run(1);
    expect(state.pose[2]).toBeCloseTo(0.2, 9);
    expect(outcomes()).toEqual(['stopped', 'refused']);
  });

  it('moves nothing when the tool pose is unknown', async () => {
    const { policy, observation } = follower();
    const seen = observation();
    const { state } = seen.reference!;
    for (const reference of [undefined, { state, age: 1 }, { state: state.map(() => Number.NaN), age: 0 }]) {
      await expect(policy.infer({ ...seen, reference })).rejects.toThrow(PolicyError);
    }
  });

  it('a home outside the workspace is refused', () => {
    expect(() => follower({ home: Float64Array.of(0.4, 0, 0.9, 1, 0, 0, 0) })).toThrow(/home is at .* expected within/);
  });
});

describe('SwitchedPolicy', () => {
  /** A policy that always moves down at 0.2 m/s with the fingers at 10 mm, and counts its inferences. */
  function learned(pose: Float64Array) {
    const { spec } = new MotionPolicy({ workspace: WORKSPACE, home: HOME });
    return {
      spec: { ...spec, name: 'learned' },
      asked: 0,
      pending: undefined as Promise<void> | undefined,
      async infer({ stamp }: Observation): Promise<ActionChunk> {
        this.asked++;
        await this.pending;
        const poses = new Float64Array(16 * 7);
        for (let k = 0; k < 16; k++) poses.set(pose, 7 * k);
        for (let k = 0; k < 16; k++) poses[7 * k + 2] -= 0.01 * (k + 1);
        const blocks = armBlocks(poses, new Float64Array(16).fill(0.01));
        return { stamp, period: 0.05, horizon: 16, blocks, gates: { vision: 1, wrench: 1, language: 1, joints: 1 } };
      },
      reset() {},
      async close() {},
    };
  }

  it('gives poses of the tool and widths under the names of a policy in another space, for the loop to convert', async () => {
    const { policy: motion, state, observation } = follower();
    const joints = { name: 'left', space: 'joint_delta', names: ['j1', 'j2'], unit: 'rad', frame: '' } as const;
    const grip = { name: 'jaw', space: 'gripper', names: ['opening'], unit: '1', frame: '' } as const;
    const other = learned(HOME);
    const policy = new SwitchedPolicy({ ...other, spec: { ...other.spec, actions: [joints, grip] } }, motion);
    expect(policy.spec.actions).toEqual([{ ...joints, alternative: 'ee_pose' }, grip]);
    const chunk = await policy.infer(observation());
    expect(() => checkChunk(policy.spec, chunk)).not.toThrow();
    for (let i = 0; i < 7; i++) expect(chunk.blocks.left.data[i]).toBeCloseTo(state.pose[i], 12);
    expect(chunk.blocks.jaw).toMatchObject({ space: 'gripper', unit: 'm' });
    expect(chunk.blocks.jaw.data[0]).toBe(0.08);
  });

  it.each<[string, readonly ActionSpec[], string]>([
    ['a twist', [{ ...ARM_POSE, space: 'ee_twist' }], 'action arm is a ee_twist, expected ee_pose, ee_delta'],
    [
      'a base',
      [ARM_POSE, { ...ARM_POSE, name: 'base', space: 'base_twist' }],
      'action base (base_twist), expected one arm',
    ],
    ['two arms', [ARM_POSE, { ...ARM_POSE, name: 'other' }], 'action other (ee_pose), expected one arm'],
    ['no arm', [GRIPPER_WIDTH], 'no action moves an arm'],
    ['a relative gripper', [ARM_POSE, { ...GRIPPER_WIDTH, reference: 'previous' }], 'action gripper is relative'],
  ])('refuses a learned policy with %s and names the action', (_, actions, message) => {
    const other = learned(HOME);
    const policy = { ...other, spec: { ...other.spec, actions } };
    expect(() => new SwitchedPolicy(policy, follower().policy)).toThrow(`policy learned: ${message}`);
  });

  it('stands until it gets an instruction, and brakes along the learned path on a hold', async () => {
    const { policy: motion, state, observation, obey } = follower();
    const other = learned(state.pose);
    const policy = new SwitchedPolicy(other, motion);
    const run = async (inferences: number) => {
      for (let k = 0; k < inferences; k++) obey(await policy.infer(observation()));
    };
    await run(5);
    expect([other.asked, state.pose[2]]).toEqual([0, 0.3]);
    policy.resume();
    await run(1);
    expect(other.asked).toBe(0);
    policy.instruct();
    await run(3);
    expect(state.pose[2]).toBeCloseTo(0.24, 9);
    policy.hold();
    const chunk = await policy.infer(observation());
    // From 0.2 m/s to rest in 0.2 s takes 2 cm, and the fingers keep their commanded width.
    expect(chunk.blocks.arm.data[2]).toBeLessThan(0.24);
    expect(chunk.blocks.arm.data[7 * 15 + 2]).toBeCloseTo(0.22, 3);
    expect(chunk.blocks.gripper.data[0]).toBe(0.01);
    obey(chunk);
    await run(10);
    expect(state.pose[2]).toBeCloseTo(0.22, 3);
    policy.resume();
    await run(1);
    expect(policy.driver).toBe('learned');
    expect(state.pose[2]).toBeCloseTo(0.2, 3);
  });

  it('discards a chunk that the learned policy finishes after the switch', async () => {
    const { policy: motion, state, observation } = follower();
    const other = learned(state.pose);
    const policy = new SwitchedPolicy(other, motion);
    policy.instruct();
    let finish = () => {};
    other.pending = new Promise((resolve) => {
      finish = resolve;
    });
    const answer = policy.infer(observation());
    policy.suspend('stopped');
    finish();
    const { data } = (await answer).blocks.arm;
    for (let k = 0; k < 16; k++) expect(data[7 * k + 2]).toBeCloseTo(0.3, 12);
  });
});
