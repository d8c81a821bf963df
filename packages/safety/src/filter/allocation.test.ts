import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FILTER } from '../config/defaults.ts';
import type { FilterConfig } from '../config/filter-config.ts';
import { ALL_STAGES } from '../testing/all-stages.ts';
import { HOME, kinematics, model, names, PERIOD } from '../testing/arm.ts';
import { CommandFilter } from './command-filter.ts';

/** A call in the profile of the sampling heap profiler. */
interface Node {
  readonly id: number;
  readonly callFrame: { readonly url: string };
  readonly children: readonly Node[];
}

interface Profile {
  readonly head: Node;
  readonly samples: readonly { readonly nodeId: number; readonly size: number }[];
}

/** Size of a boxed number (bytes). V8 may box numbers; a larger allocation is an object. */
const BOXED_NUMBER = 16;

/** Allocations of this package and of V8 on its behalf; kinematics have their own tests. */
function* ours({ id, callFrame: { url }, children }: Node, inside = false): Generator<number> {
  const here = url === '' ? inside : /\/safety\/src\//.test(url);
  if (here) yield id;
  for (const child of children) yield* ours(child, here);
}

/** Number of objects that this package allocated. */
function objects({ head, samples }: Profile): number {
  const calls = new Set(ours(head));
  return samples.filter(({ nodeId, size }) => size > BOXED_NUMBER && calls.has(nodeId)).length;
}

/** Ticks of one measurement. */
const TICKS = 500;

async function objectsPerTick(config: FilterConfig): Promise<number> {
  const filter = new CommandFilter({ names, model, kinematics, config, period: PERIOD });
  filter.reset(HOME, 0.04, 0);
  const command = { position: HOME.slice(), gripperWidth: 0.04 };
  let tick = 0;
  let passed = 0;
  const run = (count: number) => {
    passed = 0;
    for (let k = 0; k < count; k++) {
      const now = ++tick * PERIOD;
      for (let i = 0; i < 7; i++) command.position[i] = HOME[i] + 0.05 * (1 - Math.cos(0.01 * tick));
      if (filter.filter(command, now, now).verdict === 'pass') passed++;
    }
  };
  run(20_000);
  const session = new Session();
  session.connect();
  const post = (method: string, options?: object): Promise<unknown> => session.post(method as never, options as never);
  // The minimum of several measurements: V8 allocates objects while it optimises code.
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 4; turn++) {
    await post('HeapProfiler.startSampling', {
      samplingInterval: 1, // every object, at its own size
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
    run(TICKS);
    const { profile } = (await post('HeapProfiler.stopSampling')) as { profile: Profile };
    least = Math.min(least, objects(profile) / TICKS);
  }
  session.disconnect();
  expect(passed).toBeGreaterThan(0.9 * TICKS);
  return least;
}

// Code is optimised synchronously, not in another thread.
setFlagsFromString('--no-concurrent-recompilation');

describe('CommandFilter', () => {
  it('allocates no object and no array for an accepted command', async () => {
    expect(await objectsPerTick(DEFAULT_FILTER)).toBeLessThan(0.1);
  });

  it('allocates nothing with every stage enabled', async () => {
    expect(await objectsPerTick(ALL_STAGES)).toBeLessThan(0.1);
  });
});
