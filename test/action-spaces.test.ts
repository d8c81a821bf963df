import { fileURLToPath } from 'node:url';
import { type ActionSpec, type JointState, jointsAlong, type Policy, type PolicyInputSpec } from '@praxis/core';
import { RecedingHorizon } from '@praxis/policy';
import { type ExpertPolicy, pick, type RobotSetup, robotSetup, runEpisode } from '@praxis/sim';
import { openRobotSource } from '@praxis/sim/node';
import { describe, expect, it } from 'vitest';

const OPENING: ActionSpec = { name: 'jaw', space: 'gripper', names: ['opening'], unit: '1', frame: '' };
const SEEDS = [2_000_000, 2_000_001, 2_000_002];
const openShipped = (name: string) => openRobotSource(fileURLToPath(new URL(`../robots/${name}`, import.meta.url)));

/** The expert, whose poses and widths leave as joints and openings. */
function inJoints(expert: ExpertPolicy, { kinematics, spec }: RobotSetup, arm: ActionSpec): Policy {
  const stream = spec.streams.find(({ name }) => name === 'joints')!;
  const names = kinematics.jointNames;
  const count = names.length;
  const input: PolicyInputSpec = { ...stream, names, shape: [count], unit: 'rad', maximumAge: 0.1, window: 1 };
  const [closed, open] = spec.gripperRange!;
  return {
    spec: { ...expert.spec, name: 'expert in joints', inputs: [input], actions: [arm, OPENING] },
    async infer(observation) {
      const { blocks, ...chunk } = expert.label(observation.stamp);
      const [measured] = observation.inputs.get('joints')!.samples as JointState[];
      const rows = jointsAlong(kinematics, blocks.arm.data, measured.position);
      const data = arm.space === 'joint_delta' ? rows.map((q, i) => q - measured.position[i % count]) : rows;
      const openings = blocks.gripper.data.map((width) => (width - closed) / (open - closed));
      const jaw = { space: 'gripper', data: openings } as const;
      return { ...chunk, blocks: { jaw, [arm.name]: { space: arm.space, data } } };
    },
    reset() {},
    async close() {},
  };
}

describe('the expert in other action spaces picks as it does with poses', () => {
  it.each([
    ['joint_position', 'praxis_arm'],
    ['joint_delta', 'praxis_arm'],
    ['joint_position', 'arm5'],
  ] as const)('%s, and the gripper by its opening, on %s', async (space, name) => {
    const robot = await openShipped(name);
    const setup = robotSetup(robot);
    const names = setup.kinematics.jointNames;
    const reference = space === 'joint_delta' ? { reference: 'observation' as const } : {};
    const arm: ActionSpec = { name: 'arm', space, names, unit: 'rad', frame: '', ...reference };
    for (const seed of SEEDS) {
      const { success, policyError, safety } = await runEpisode({
        ...{ task: pick, seed, robot, scheduler: new RecedingHorizon() },
        policy: (expert) => inJoints(expert, setup, arm),
      });
      expect([seed, policyError, success]).toEqual([seed, undefined, true]);
      expect([safety?.falseStops, safety?.state]).toEqual([0, 'running']);
    }
  });
});
