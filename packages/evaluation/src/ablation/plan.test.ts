import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemsOfShard } from '../sharding/shard.ts';
import { ARMS } from './arms.ts';
import { type AblationPlan, bestSingle, furtherTrainings, knownTrainings, openPlan, readPlan } from './plan.ts';

const plan = (more: Partial<AblationPlan> = {}): AblationPlan => ({
  data: [{ path: 'data/pick', weight: 2, sha256: 'a', tasks: ['pick'], episodes: 5, records: 50, wrench: true }],
  ...{ steps: 100, training: [], arms: ARMS.map(({ name }) => name), trainingSeeds: 3, tasks: ['pick'] },
  ...{ seed: 2_000_000, episodes: 200, ...more },
});

describe('the trainings of a plan', () => {
  it('are one of each arm first, then the further ones of all, concat, vision+language and the best single modality', () => {
    const known = knownTrainings(plan());
    expect(known.slice(0, 8)).toEqual(ARMS.map(({ name }) => ({ arm: name, seed: 0 })));
    expect(known.slice(8)).toEqual(
      ['all', 'concat', 'vision+language'].flatMap((arm) => [1, 2].map((seed) => ({ arm, seed }))),
    );
    expect(furtherTrainings(plan(), 'force')).toEqual([1, 2].map((seed) => ({ arm: 'force', seed })));
    expect(furtherTrainings(plan(), undefined)).toEqual([]);
  });

  it('are each in one shard, whatever the arms and the number of seeds', () => {
    const plans = fc
      .record({
        arms: fc.subarray(
          ARMS.map(({ name }) => name),
          { minLength: 1 },
        ),
        trainingSeeds: fc.integer({ min: 1, max: 6 }),
        single: fc.constantFrom('vision', 'force', 'language'),
      })
      .chain((of) => fc.tuple(fc.constant(of), fc.integer({ min: 1, max: knownTrainings(plan(of)).length })));
    fc.assert(
      fc.property(plans, ([of, count]) => {
        const known = knownTrainings(plan(of));
        const shards = Array.from({ length: count }, (_, i) =>
          itemsOfShard(known, { index: i + 1, count }, 'trainings'),
        );
        const names = [...shards.flat(), ...furtherTrainings(plan(of), of.single)].map(
          ({ arm, seed }) => `${arm} ${seed}`,
        );
        expect(new Set(names).size).toBe(names.length);
        for (const arm of of.arms) {
          const repeated = ['all', 'concat', 'vision+language', of.single].includes(arm);
          expect(names.filter((name) => name.startsWith(`${arm} `))).toHaveLength(repeated ? of.trainingSeeds : 1);
        }
      }),
    );
  });
});

describe('the best arm with one modality', () => {
  const successes = (vision: number, force: number, language: number) =>
    new Map(Object.entries({ all: 190, vision, force, language }));

  it('is the one with most successes, of equal ones the first', () => {
    expect(bestSingle(plan(), successes(10, 40, 30))).toBe('force');
    expect(bestSingle(plan(), successes(40, 40, 40))).toBe('vision');
    expect(bestSingle(plan(), successes(1, 2, 3))).toBe('language');
  });

  it('is not known while one of them is not evaluated, or without such arms', () => {
    const some = new Map([['vision', 100]]);
    expect(bestSingle(plan(), some)).toBeUndefined();
    expect(bestSingle(plan({ arms: ['all', 'vision'] }), some)).toBe('vision');
    expect(bestSingle(plan({ arms: ['all', 'concat'] }), some)).toBeUndefined();
  });
});

describe('the folder of an ablation', () => {
  let out: string;
  beforeAll(() => {
    out = mkdtempSync(join(tmpdir(), 'praxis-ablation-plan-'));
  });
  afterAll(() => rmSync(out, { recursive: true }));

  it('takes another plan while nothing is trained, and then refuses it with what differs', () => {
    openPlan(out, plan({ steps: 50 }));
    openPlan(out, plan());
    expect(readPlan(out)).toEqual(plan());
    mkdirSync(join(out, 'policies'));
    expect(() => openPlan(out, plan({ steps: 50 }))).toThrow(
      `--out ${out}: holds another ablation: its steps is 100, not 50; name another folder`,
    );
    const [first] = plan().data;
    expect(() => openPlan(out, plan({ data: [{ ...first, sha256: 'b' }] }))).toThrow('its data is');
    // The same data in another place, as on another machine.
    openPlan(out, plan({ data: [{ ...first, path: 'elsewhere/pick' }] }));
  });

  it('is no other folder', () => {
    expect(() => readPlan(join(out, 'policies'))).toThrow('expected the plan of an ablation');
  });
});
