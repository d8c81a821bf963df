import { join } from 'node:path';
import type { ActionBlock, ActionChunk, ActionSpec, Observation, Policy, PolicySpec } from '@praxis/core';
import { DEFAULT_POLICY_FOLDER } from '@praxis/models';
import type { LoadedPolicy } from '@praxis/policy';
import { loadPolicyFromDirectory } from '@praxis/policy/node';
import { pick, setupOf } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawProbes, probePolicy } from './check-policy.ts';
import { compareSpecs } from './compare-specs.ts';
import type { Probe } from './probe.ts';
import { withInput } from './probe.ts';
import { trainedStatistics } from './start-posture.ts';

const robot = { urdf: armUrdf() };
const setup = setupOf(robot);

let shipped: LoadedPolicy;
let probes: readonly Probe[];
let postures: readonly Probe[];

beforeAll(async () => {
  shipped = await loadPolicyFromDirectory(join(DEFAULT_POLICY_FOLDER));
  const statistics = trainedStatistics(shipped.manifest);
  ({ probes, postures } = await drawProbes({ policy: shipped, robot, tasks: [pick], scenes: 2, statistics }));
}, 60_000);
afterAll(() => shipped.close());

/** The shipped policy with a mistake in what it sees or gives. */
const wrapped = (
  see: (observation: Observation) => Observation,
  give: (chunk: ActionChunk) => ActionChunk = (chunk) => chunk,
  spec: PolicySpec = shipped.spec,
): Policy => ({
  spec,
  infer: async (observation) => give(await shipped.infer(see(observation))),
  reset: () => shipped.reset(),
  close: async () => {},
});

const same = <T>(value: T): T => value;

const withBlock = (chunk: ActionChunk, name: string, change: (value: number, i: number) => number): ActionChunk => {
  const block: ActionBlock = chunk.blocks[name];
  return { ...chunk, blocks: { ...chunk.blocks, [name]: { ...block, data: block.data.map(change) } } };
};

/** What a policy's check finds, one line each. */
const found = async (policy: Policy, statistics = trainedStatistics(shipped.manifest)): Promise<string[]> =>
  (await probePolicy({ policy, robot, statistics }, probes, postures)).findings.map(
    ({ severity, subject, message }) => `${severity} ${subject}: ${message}`,
  );

it('is silent on the shipped policy, whose inputs all move the arm', async () => {
  const { findings, influence, extremes } = await probePolicy(
    { policy: shipped, robot, statistics: trainedStatistics(shipped.manifest) },
    probes,
    postures,
  );
  expect(findings).toEqual([]);
  expect(influence.map(({ input }) => input)).toEqual(shipped.spec.inputs.map(({ name }) => name));
  for (const { share } of influence) expect(share).toBeGreaterThan(0.001);
  expect(extremes.length).toBeGreaterThanOrEqual(3 * shipped.spec.inputs.length - 1);
}, 60_000);

it('does not depend on one posture', async () => {
  // An arm that stands still says nothing of its inputs.
  const still = [probes[0], probes[0], probes[0]];
  const dead = async (more: readonly Probe[]): Promise<string[]> =>
    (await probePolicy({ policy: shipped, robot }, still, more)).findings
      .filter(({ message }) => message.startsWith('it changes nothing'))
      .map(({ subject }) => subject);
  expect(await dead([])).toEqual(expect.arrayContaining(['images.front', 'ee_state']));
  expect(postures.length).toBeGreaterThan(3);
  expect(await dead(postures)).toEqual([]);
}, 60_000);

describe('names a planted mistake', () => {
  it('exchanged cameras', async () => {
    const exchange = (observation: Observation): Observation => {
      const [front, wrist] = ['images.front', 'images.wrist'].map(
        (name) => observation.inputs.get(name)?.samples ?? [],
      );
      return withInput(withInput(observation, 'images.front', { samples: wrist }), 'images.wrist', { samples: front });
    };
    expect(await found(wrapped(exchange))).toContainEqual(
      expect.stringMatching(/^fault images\.front, images\.wrist: the two cameras are exchanged/),
    );
  }, 60_000);

  it('an input that changes nothing', async () => {
    const deaf = (observation: Observation): Observation =>
      withInput(observation, 'instruction', { samples: ['pick up the red cube'], present: true });
    const blind = (observation: Observation): Observation =>
      withInput(deaf(observation), 'images.wrist', { samples: [], present: false });
    const findings = await found(wrapped(blind));
    expect(findings).toContainEqual(expect.stringMatching(/^warning images\.wrist: it changes nothing/));
    expect(findings).toContainEqual(expect.stringMatching(/^warning instruction: another instruction/));
  }, 60_000);

  it('a gripper of the other sign', async () => {
    const give = (chunk: ActionChunk): ActionChunk => withBlock(chunk, 'gripper', (width) => 0.08 - width);
    expect(await found(wrapped(same, give))).toContainEqual(
      expect.stringMatching(/^fault gripper: it opens where the expert closes/),
    );
  }, 60_000);

  it('millimetres for metres', async () => {
    const give = (chunk: ActionChunk): ActionChunk =>
      withBlock(chunk, 'arm', (value, i) => (i % 7 < 3 ? 1000 * value : value));
    expect(await found(wrapped(same, give))).toContainEqual(
      expect.stringMatching(
        /^fault arm: its numbers are .* times those of the expert, which is millimetres for metres/,
      ),
    );
  }, 60_000);

  it('actions that are not finite for a saturated input', async () => {
    let isBroken = false;
    const see = (observation: Observation): Observation => {
      const [wrench] = observation.inputs.get('wrench.contact')?.samples ?? [];
      isBroken = wrench instanceof Float64Array && wrench[0] > 100;
      return observation;
    };
    const give = (chunk: ActionChunk): ActionChunk => (isBroken ? withBlock(chunk, 'arm', () => Number.NaN) : chunk);
    expect(await found(wrapped(see, give))).toContainEqual(
      expect.stringMatching(/^fault wrench\.contact: when it is saturated: .*block arm/),
    );
  }, 60_000);

  it('a start outside what was trained', async () => {
    const statistics = trainedStatistics(shipped.manifest).map((each) =>
      each.stream === 'ee_state' ? { ...each, mean: each.mean.map((value, i) => (i === 2 ? value + 1 : value)) } : each,
    );
    expect(await found(shipped, statistics)).toContainEqual(
      expect.stringMatching(/^fault ee_state: the robot starts outside what was trained: element 2 is/),
    );
  }, 60_000);
});

describe('a policy of joints', () => {
  /** What the joints did under the expert, in the order and unit that `row` gives them, with a little of its own. */
  const jointPolicy = (row: (joints: readonly number[]) => readonly number[]): Policy => {
    const names = setup.joints;
    const arm: ActionSpec = { name: 'arm', space: 'joint_position', names, unit: 'rad', frame: '' };
    const spec: PolicySpec = { ...shipped.spec, actions: [arm], horizon: 8, actionPeriod: 0.1 };
    return {
      spec,
      infer: async ({ stamp, reference }) => {
        const probe = [...probes, ...postures].find(
          ({ observation }) => observation.reference?.state === reference?.state,
        ) as Probe;
        const data = Array.from({ length: 8 }, (_, k) => {
          const joints = probe.jointsAfter(0.1 * (k + 1));
          return row(names.map((name) => joints.get(name) ?? 0));
        });
        const blocks = { arm: { space: 'joint_position' as const, data: Float64Array.from(data.flat()) } };
        return { stamp, period: 0.1, horizon: 8, blocks, gates: {} };
      },
      reset: () => {},
      close: async () => {},
    };
  };
  const faults = async (policy: Policy): Promise<string[]> =>
    (await found(policy)).filter((line) => line.startsWith('fault'));

  it('is silent when the order and the units are right', async () => {
    expect(await faults(jointPolicy(same))).toEqual([]);
  });

  it('prints the mapping to write for exchanged joints', async () => {
    const exchanged = jointPolicy(([a, b, c, d, ...rest]) => [a, d, c, b, ...rest]);
    expect(await faults(exchanged)).toContainEqual(
      expect.stringContaining('write names: [joint1, joint4, joint3, joint2, joint5, joint6, joint7]'),
    );
  });

  it('names degrees', async () => {
    const degrees = jointPolicy((joints) => joints.map((each) => (each * 180) / Math.PI));
    expect(await faults(degrees)).toEqual([
      expect.stringMatching(/^fault arm: its numbers are 57\.\d times .*degrees for radians/),
    ]);
  });
});

it('lists every difference between needs and offers at once', () => {
  const { inputs } = shipped.spec;
  const [front, ...others] = inputs;
  const spec: PolicySpec = {
    ...shipped.spec,
    inputs: [
      { ...front, shape: [224, 224, 3], dtype: 'float32', rateHz: 100 },
      ...others,
      { ...front, name: 'images.side' },
    ],
    actions: [
      {
        name: 'base',
        space: 'base_twist',
        names: ['vx', 'vy', 'wz'],
        unit: ['m/s', 'm/s', 'rad/s'],
        frame: '',
        group: 'base',
      },
      { name: 'arm', space: 'joint_position', names: ['shoulder'], unit: 'rad', frame: '' },
    ],
  };
  const streams = [
    ...setup.spec.streams,
    ...inputs.filter(({ name }) => name === 'wrench.contact' || name === 'ee_state'),
  ];
  const { findings } = compareSpecs(spec, setup, streams, undefined);
  const lines = findings.map(({ subject, message }) => `${subject}: ${message}`);
  expect(lines).toEqual([
    expect.stringMatching(/^images\.front: dtype differs: policy wants "float32"/),
    expect.stringMatching(/^images\.front: shape differs: policy wants \[224,224,3\]/),
    expect.stringMatching(/^images\.front: rate \(Hz\) differs: policy wants 100/),
    expect.stringMatching(/^images\.side: no such stream/),
    expect.stringMatching(/^base: robot praxis_arm has no command group base/),
    expect.stringMatching(/^arm: robot has no shoulder for joint_position/),
  ]);
});
