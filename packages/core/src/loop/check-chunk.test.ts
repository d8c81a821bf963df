import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActionChunk, type ActionSpec, armBlocks } from '../actions/specs.ts';
import { PolicyError } from '../errors/errors.ts';
import type { PolicySpec } from '../ports/policy.ts';
import { checkChunk } from './check-chunk.ts';

const HORIZON = 4;
const SPEC: PolicySpec = { name: 'p', inputs: [], horizon: HORIZON, actionPeriod: 0.1, inferencePeriod: 0.2 };
const NAMES = ['x', 'y', 'z', 'qx', 'qy', 'qz', 'qw'];
const GATES = { vision: 1, wrench: 0, language: 0, joints: 0 };

function chunk(change: Partial<ActionChunk> = {}): ActionChunk {
  const poses = new Float64Array(HORIZON * 7);
  for (let row = 0; row < HORIZON; row++) poses.set([0.4, 0, 0.3, 0, 0, 0, 1], row * 7);
  const blocks = armBlocks(poses, new Float64Array(HORIZON).fill(0.04));
  return { stamp: 1, period: 0.1, horizon: HORIZON, blocks, gates: GATES, ...change };
}

describe('checkChunk', () => {
  it('accepts a chunk that satisfies its spec', () => {
    expect(() => checkChunk(SPEC, chunk())).not.toThrow();
  });

  it('refuses a number that is not finite at any index', () => {
    const wrong = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    fc.assert(
      fc.property(fc.nat(HORIZON - 1), fc.nat(7), wrong, (row, element, value) => {
        const { blocks } = chunk();
        if (element < 7) blocks.arm.data[7 * row + element] = value;
        else blocks.gripper.data[row] = value;
        const [block, name] = element < 7 ? ['arm', NAMES[element]] : ['gripper', 'width'];
        expect(() => checkChunk(SPEC, chunk({ blocks }))).toThrow(
          `policy p, chunk, block ${block}: row ${row}, ${name} is ${value}, expected a finite number`,
        );
      }),
    );
  });

  it.each<[string, Partial<ActionChunk>, string]>([
    ['a stamp that is NaN', { stamp: Number.NaN }, 'stamp is NaN'],
    ['a period of 0', { period: 0 }, 'period is 0 s'],
    ['an infinite period', { period: Number.POSITIVE_INFINITY }, 'period is Infinity s'],
    ['another horizon', { horizon: HORIZON + 1 }, 'horizon is 5, expected 4'],
    [
      'too few numbers',
      { blocks: armBlocks(new Float64Array(7), new Float64Array(HORIZON)) },
      'block arm: 7 numbers, expected 4 rows of 7',
    ],
    [
      'a quaternion of length 0',
      { blocks: armBlocks(new Float64Array(HORIZON * 7), new Float64Array(HORIZON)) },
      'block arm: row 0 has a quaternion of length 0',
    ],
    ['a missing block', { blocks: { arm: chunk().blocks.arm } }, 'block gripper is missing, expected arm, gripper'],
    [
      'another block',
      { blocks: { ...chunk().blocks, tail: chunk().blocks.gripper } },
      'block tail is unknown, expected arm, gripper',
    ],
    [
      'another space',
      { blocks: { ...chunk().blocks, arm: { space: 'ee_delta', data: new Float64Array(28) } } },
      'block arm: space is ee_delta, expected ee_pose',
    ],
  ])('refuses %s', (_, change, message) => {
    expect(() => checkChunk(SPEC, chunk(change))).toThrow(PolicyError);
    expect(() => checkChunk(SPEC, chunk(change))).toThrow(message);
  });

  it('refuses an opening outside 0..1 and a negative stiffness', () => {
    const actions: readonly ActionSpec[] = [
      { name: 'grip', space: 'gripper', names: ['opening'], unit: '1', frame: '' },
      { name: 'soft', space: 'stiffness', names: ['kx', 'ky', 'kz'], unit: 'N/m', frame: '' },
    ];
    const of = (opening: number, ky: number): ActionChunk => {
      const grip = { space: 'gripper', data: Float64Array.of(opening) } as const;
      const soft = { space: 'stiffness', data: Float64Array.of(300, ky, 300) } as const;
      return chunk({ horizon: 1, blocks: { grip, soft } });
    };
    const spec = { ...SPEC, horizon: 1, actions };
    expect(() => checkChunk(spec, of(1.01, 0))).not.toThrow();
    expect(() => checkChunk(spec, of(2, 0))).toThrow('block grip: row 0, opening is 2, expected 0..1');
    expect(() => checkChunk(spec, of(1, -5))).toThrow('block soft: row 0, ky is -5, expected at least 0');
  });

  it('refuses a chunk without rows, even if the horizon of the spec is 0', () => {
    const empty = chunk({ horizon: 0, blocks: armBlocks(new Float64Array(0), new Float64Array(0)) });
    expect(() => checkChunk({ ...SPEC, horizon: 0 }, empty)).toThrow('horizon is 0');
  });
});
