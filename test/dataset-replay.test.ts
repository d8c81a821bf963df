import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type DatasetReplay, editDataset, openDatasetFolder, robotChoice } from '@praxis/evaluation';
import { setupOf } from '@praxis/sim';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeV2Dataset } from '../packages/wire/src/testing/v2-dataset.ts';
import { runMain } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-dataset-replay-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
const [demos, recorded, standing] = [at('demos'), at('recorded'), at('standing.ts')];

/** A policy of joint positions that holds still, and fails in every fifth observation. */
async function writeStanding(file: string): Promise<void> {
  const { spec } = setupOf(await robotChoice(undefined));
  const joints = { ...spec.streams.find(({ name }) => name === 'joints')!, maximumAge: 0.1, window: 1 };
  const arm = joints.names!.filter((name) => !name.startsWith('finger'));
  const policy = {
    ...{ name: 'standing', inputs: [joints], horizon: 2, actionPeriod: 0.1, inferencePeriod: 0.1 },
    actions: [
      { name: 'arm', space: 'joint_position', names: arm, unit: 'rad', frame: '' },
      { name: 'gripper', space: 'gripper', names: ['width'], unit: 'm', frame: '' },
    ],
  };
  writeFileSync(
    file,
    `let count = 0;
export default {
  spec: ${JSON.stringify(policy)},
  async infer({ stamp, inputs }) {
    if (count++ % 5 === 4) throw new Error('every fifth one');
    const { names, position } = inputs.get('joints').samples[0];
    const of = (name) => position[names.indexOf(name)];
    const row = ${JSON.stringify(arm)}.map(of);
    const width = of('finger_joint1') + of('finger_joint2');
    return {
      stamp, period: 0.1, horizon: 2,
      blocks: {
        arm: { space: 'joint_position', data: Float64Array.from([...row, ...row]) },
        gripper: { space: 'gripper', data: Float64Array.of(width, width) },
      },
    };
  },
  reset() {},
  async close() {},
};
`,
  );
}

beforeAll(async () => {
  await writeStanding(standing);
  const args = ['demos', '--task', 'pick', '--episodes', '2', '--seed', '1', '--workers', '1', '--out', demos];
  expect((await runMain([...args, '--format', 'lerobot'])).status).toBe(0);
  const runs = at('runs');
  const evaluated = ['eval', '--task', 'pick', '--episodes', '1', '--workers', '1', '--record', runs];
  expect((await runMain(evaluated)).status).toBe(0);
  const exported = ['export', join(runs, 'pick-2000000.mcap'), '--to', 'lerobot', '--out', recorded];
  expect((await runMain(exported)).status).toBe(0);
});

const replayed = async (...args: string[]): Promise<DatasetReplay> => {
  const { status, out, err } = await runMain(['dataset', 'replay', ...args, '--json']);
  expect(status, err).toBe(0);
  return JSON.parse(out);
};

/** A copy of a dataset whose info is changed. */
async function changed(source: string, name: string, change: (info: string) => string): Promise<string> {
  await editDataset({ source, out: at(name) });
  const path = join(at(name), 'meta/info.json');
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  return at(name);
}

describe('praxis dataset replay', () => {
  it('compares the shipped policy with demonstrations: it comes closer than an arm that stands still', async () => {
    const replay = await replayed(demos);
    const { info } = await openDatasetFolder(demos);
    expect(replay).toMatchObject({
      policy: 'default',
      robot: 'praxis_arm',
      incomplete: 0,
      failures: 0,
      failure_rate: 0,
    });
    expect([replay.frames, replay.compared]).toEqual([info.total_frames, info.total_frames]);
    expect(replay.actions.map(({ name, unit }) => `${name} ${unit}`)).toEqual([
      ...['arm.x m', 'arm.y m', 'arm.z m', 'arm.rotation rad', 'gripper m'],
    ]);
    for (const { name, error, standing: still } of replay.actions.filter(({ name }) => /\.z|gripper/.test(name)))
      expect(error, name).toBeLessThan(0.6 * still!);
    expect(replay.episodes.map(({ episode, failures }) => [episode, failures])).toEqual([
      [0, 0],
      [1, 0],
    ]);
    const { frames: total } = replay;
    const weighted = replay.episodes.reduce(
      (sum, { errors, compared }) => sum + (errors['arm.z']! * compared) / total,
      0,
    );
    expect(replay.actions[2].error).toBeCloseTo(weighted, 12);
    expect(replay.largest?.frame).toBeLessThan(replay.episodes[replay.largest!.episode].frames);
  });

  it('gives a recording the same observations as the loop had: the policy aims where its commands went', async () => {
    const { actions, incomplete, frames } = await replayed(recorded);
    // The wrist sensor finds its zero in a tenth of a second.
    expect(incomplete).toBeLessThan(6);
    expect(frames).toBeGreaterThan(60);
    expect(actions.find(({ name }) => name === 'arm.rotation')?.error).toBeLessThan(0.005);
    for (const { error, standing: still } of actions) expect(error!).toBeLessThan(still!);
  });

  it('counts the failures of a policy and compares joints by name', async () => {
    const replay = await replayed(demos, '--policy', standing, '--episodes', '1');
    const { actions, failures, compared, frames } = replay;
    expect(replay.episodes).toHaveLength(1);
    expect(failures).toBe(Math.floor(frames / 5));
    expect(compared + failures).toBe(frames);
    expect(replay.failure_rate).toBeCloseTo(failures / frames, 12);
    expect(replay.failure).toContain('every fifth one');
    expect(actions.map(({ name }) => name)).toEqual([...[1, 2, 3, 4, 5, 6, 7].map((i) => `arm.joint${i}`), 'gripper']);
    for (const { error, standing: still } of actions) expect(error).toBeCloseTo(still!, 12);
  });

  it('prints what it found for people', async () => {
    const { status, out } = await runMain(['dataset', 'replay', demos, '--policy', standing, '--episodes', '1']);
    expect(status).toBe(0);
    expect(out).toMatch(/policy standing, robot praxis_arm: 1 episodes, \d+ of \d+ frames compared\n/);
    expect(out).toMatch(/the policy failed in (18|19|20)\.\d % of its observations; first: .*every fifth one\n/);
    expect(out).toMatch(/^arm\.joint7 +\d\.\d{4} +\d\.\d{4} +rad$/m);
    expect(out).toMatch(/^differs most: episode 0 frame \d+ \(\d+\.\d\d s\): \S+ is -?\d/m);
  });

  it('refuses in one line what the policy needs and the dataset lacks', async () => {
    const blind = await changed(demos, 'blind', (info) =>
      info.replace('"observation.images.wrist"', '"observation.other"'),
    );
    const foreign = await changed(demos, 'foreign', (info) => info.replace('"praxis_arm"', '"so101"'));
    const renamed = await changed(demos, 'renamed', (info) => info.replaceAll('"joint3"', '"elbow"'));
    const old = at('old');
    writeV2Dataset(
      {
        create(path: string) {
          mkdirSync(dirname(join(old, path)), { recursive: true });
          return { write: (bytes: Uint8Array) => appendFileSync(join(old, path), bytes), close: () => {} };
        },
      },
      { lengths: [3], picture: () => Uint8Array.of(1) },
    );
    for (const [args, message] of [
      [
        [blind],
        /blind: policy default needs images\.wrist, for which the dataset lacks observation\.images\.wrist; it has/,
      ],
      [[foreign], /foreign: its robot is so101, expected --robot with its folder, or one of praxis_arm/],
      [
        [renamed],
        /renamed: observation\.state lacks joint3 of robot praxis_arm; its elements are joint1, joint2, elbow/,
      ],
      [
        [old, '--robot', 'robots/praxis_arm'],
        /old: observation\.state lacks joint1, .* its elements are shoulder, elbow/,
      ],
      [[demos, '--policy', 'expert'], /demos: the expert reads the simulator and no streams/],
      [[demos, '--policy', 'models/arm5-pick'], /policy arm5-pick: trained for arm5, this robot is praxis_arm/],
    ] as const) {
      const { status, out, err } = await runMain(['dataset', 'replay', ...args]);
      expect([status, out]).toEqual([2, '']);
      expect(err).toMatch(message);
    }
  });
});
