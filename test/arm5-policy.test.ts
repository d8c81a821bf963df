import { fileURLToPath } from 'node:url';
import type { Policy } from '@praxis/core';
import { ARM5_PICK_POLICY_FOLDER } from '@praxis/models';
import { RecedingHorizon } from '@praxis/policy';
import { loadPolicyFromDirectory } from '@praxis/policy/node';
import { pick, runEpisode } from '@praxis/sim';
import { armUrdf, openRobotSource } from '@praxis/sim/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const robot = await openRobotSource(fileURLToPath(new URL('../robots/arm5', import.meta.url)));
const JOINTS = ['joint1', 'joint2', 'joint3', 'joint4', 'joint5'];

describe('the shipped policy of the five-joint arm', () => {
  let policy: Policy;
  beforeAll(async () => {
    policy = await loadPolicyFromDirectory(ARM5_PICK_POLICY_FOLDER);
  });
  afterAll(() => policy.close());

  it('reads two cameras, words and named joints, no force, and gives positions of the joints', () => {
    const { inputs, actions } = policy.spec;
    expect(inputs.map(({ name }) => name)).toEqual(['images.front', 'images.wrist', 'instruction', 'joints']);
    expect(inputs.find(({ name }) => name === 'joints')?.names).toEqual([...JOINTS, 'gripper']);
    expect(actions).toMatchObject([
      { name: 'arm', space: 'joint_position', names: JOINTS, unit: JOINTS.map(() => 'rad') },
      { name: 'gripper', space: 'gripper', names: ['width'], unit: ['m'] },
    ]);
    expect(policy.spec.robots?.map(({ name }) => name)).toEqual(['arm5']);
  });

  it('picks the named block in two reported scenes, without a stop of the supervisor', async () => {
    for (const seed of [2_000_000, 2_000_001]) {
      const scheduler = new RecedingHorizon();
      const { success, policyError, safety } = await runEpisode({ task: pick, seed, robot, policy, scheduler });
      expect([seed, policyError, success]).toEqual([seed, undefined, true]);
      expect([safety?.falseStops, safety?.state]).toEqual([0, 'running']);
    }
  });

  it('is refused by another arm, by name', async () => {
    const episode = runEpisode({
      task: pick,
      seed: 2_000_000,
      urdf: armUrdf(),
      policy,
      scheduler: new RecedingHorizon(),
    });
    await expect(episode).rejects.toThrow(/arm5/);
  });
});
