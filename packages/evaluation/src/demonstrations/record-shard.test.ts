import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RecedingHorizon } from '@praxis/policy';
import { type Perturbations, pick, press, robotSetup, setupOf } from '@praxis/sim';
import { armUrdf, openRobotSource } from '@praxis/sim/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quantile } from '../report/statistics.ts';
import type { ShardInfo } from './dataset.ts';
import { COMPLIANCE_ACTIONS, JOINT_ACTIONS, recordFormat } from './record-format.ts';
import { recordShard } from './record-shard.ts';

const robot = await openRobotSource(fileURLToPath(new URL('../../../../robots/arm5', import.meta.url)));
const format = recordFormat(robotSetup(robot));
/** Numbers in a row of actions: five joints and the width. */
const SIZE = 6;

describe('a recording of an arm with five joints, whose expert drives by positions of the joints', () => {
  let out: string;
  let info: ShardInfo;
  let bytes: Buffer;
  beforeAll(async () => {
    out = mkdtempSync(join(tmpdir(), 'praxis-record-'));
    const seeds = [5];
    const options = {
      out,
      file: 'pick.bin',
      task: 'pick',
      tasks: [pick],
      seeds,
      robot,
      scheduler: new RecedingHorizon(),
    };
    info = await recordShard({ ...options, space: 'joint_position' });
    bytes = readFileSync(join(out, 'pick.bin'));
  });
  afterAll(() => rmSync(out, { recursive: true }));

  const floats = (record: number, field: string, first: number, count: number): readonly number[] =>
    Array.from({ length: count }, (_, i) =>
      bytes.readFloatLE(record * format.bytes + format.offsets.get(field)! + 4 * (first + i)),
    );

  it('shows a success, with one record for each inference', () => {
    expect(info.episodes).toMatchObject([{ seed: 5, success: true, first: 0, count: info.records }]);
    expect(info.records).toBeGreaterThan(20);
    expect(bytes).toHaveLength(info.records * format.bytes);
  });

  it('has actions that the joints follow: 0.1 s later they are near where the second action wants them', () => {
    const gaps: number[] = [];
    for (let k = 0; k + 1 < info.records; k++) {
      const wanted = floats(k, JOINT_ACTIONS, SIZE, 5);
      const reached = floats(k + 1, 'joints', 0, 5);
      gaps.push(Math.max(...wanted.map((each, i) => Math.abs(each - reached[i]))));
    }
    expect(quantile(gaps, 0.5)!).toBeLessThan(0.1);
  });
});

it('a recording of contact succeeds although it is perturbed, and has the stiffness and the force of the expert', async () => {
  const out = mkdtempSync(join(tmpdir(), 'praxis-record-'));
  try {
    const setup = { urdf: armUrdf() };
    const contact = recordFormat(setupOf(setup));
    const options = {
      out,
      file: 'press.bin',
      task: 'press',
      tasks: [press],
      seeds: [3, 4, 5],
      scheduler: new RecedingHorizon(),
    };
    const { episodes, records } = await recordShard({ ...options, ...setup });
    expect(episodes.filter(({ success }) => success).length).toBeGreaterThanOrEqual(2);
    const bytes = readFileSync(join(out, 'press.bin'));
    const along = (element: number) =>
      Array.from({ length: records }, (_, k) =>
        bytes.readFloatLE(k * contact.bytes + contact.offsets.get(COMPLIANCE_ACTIONS)! + 4 * element),
      );
    const [stiffness, force] = [along(2), along(5)];
    expect(new Set(stiffness)).toEqual(new Set([0, 1500, 5000]));
    expect(Math.min(...force)).toBeLessThan(-4);
    // The tool presses exactly where the force alone moves it.
    for (const [k, each] of stiffness.entries()) expect(force[k] < 0).toBe(each === 0);
  } finally {
    rmSync(out, { recursive: true });
  }
});

describe('pictures that vary with every record', () => {
  const setup = { urdf: armUrdf() };
  const { bytes: size, offsets } = recordFormat(setupOf(setup));
  const options = {
    ...setup,
    file: 'pick.bin',
    task: 'pick',
    tasks: [pick],
    seeds: [3],
    scheduler: new RecedingHorizon(),
    perturbations: { camera: 2, background: 1 } as Perturbations,
  };

  it('change pictures and the places in them from one record to the next, and neither actions nor what else is felt', async () => {
    const out = mkdtempSync(join(tmpdir(), 'praxis-record-'));
    try {
      const recorded = async (varyPictures: boolean) => {
        const { records } = await recordShard({ ...options, out, varyPictures });
        return { records, bytes: readFileSync(join(out, 'pick.bin')) };
      };
      const steady = await recorded(false);
      const varied = await recorded(true);
      const again = await recorded(true);
      expect(varied.bytes.equals(again.bytes)).toBe(true);
      expect(varied.records).toBe(steady.records);
      const ends = [...offsets.values(), size].sort((a, b) => a - b);
      const field = (of: Buffer, record: number, name: string) => {
        const start = record * size + offsets.get(name)!;
        return of.subarray(start, record * size + ends.find((each) => each > offsets.get(name)!)!);
      };
      const pictures = ['images.front', 'images.wrist'];
      for (let k = 0; k < steady.records; k++) {
        for (const name of offsets.keys()) {
          const isPlace = name === 'goal.uv' || name === 'objects';
          if (pictures.includes(name) || isPlace) continue;
          expect(field(varied.bytes, k, name).equals(field(steady.bytes, k, name)), `${name} of record ${k}`).toBe(
            true,
          );
        }
      }
      const corner = (of: Buffer, record: number) => field(of, record, 'images.front').subarray(-3).join(' ');
      const colours = (of: Buffer) => new Set(Array.from({ length: steady.records }, (_, k) => corner(of, k))).size;
      expect(colours(steady.bytes)).toBeLessThan(5);
      expect(colours(varied.bytes)).toBeGreaterThan(0.5 * steady.records);
    } finally {
      rmSync(out, { recursive: true });
    }
  });

  it('need a perturbation that changes pictures', async () => {
    const out = mkdtempSync(join(tmpdir(), 'praxis-record-'));
    await expect(recordShard({ ...options, out, perturbations: { touch: 1 }, varyPictures: true })).rejects.toThrow(
      'expected a perturbation of camera, light, background, noise',
    );
    rmSync(out, { recursive: true });
  });
});
