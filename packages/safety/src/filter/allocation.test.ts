import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FILTER } from '../config/default-filter.ts';
import type { FilterConfig } from '../config/filter-config.ts';
import { ALL_STAGES } from '../testing/all-stages.ts';
import { HOME, kinematics, model, names, PERIOD } from '../testing/arm.ts';
import { CommandFilter } from './command-filter.ts';

/** What the sampling heap profiler knows of one call. */
interface Node {
  readonly callFrame: { readonly url: string };
  readonly selfSize: number;
  readonly children: readonly Node[];
}

/** What this package allocated, and what the engine's functions did for it; kinematics have tests of their own. */
function bytes({ callFrame: { url }, selfSize, children }: Node, inside = false): number {
  const ours = url === '' ? inside : /\/safety\/src\//.test(url);
  return (ours ? selfSize : 0) + children.reduce((sum, child) => sum + bytes(child, ours), 0);
}

async function allocatedPerTick(config: FilterConfig): Promise<number> {
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
  // The least of many turns: until the engine has done its work on the code, numbers that it keeps in registers later
  // are boxed, and other processes decide how many turns that takes.
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 12; turn++) {
    await post('HeapProfiler.startSampling', {
      samplingInterval: 512,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
    run(5_000);
    const { profile } = (await post('HeapProfiler.stopSampling')) as { profile: { head: Node } };
    least = Math.min(least, bytes(profile.head) / 5_000);
  }
  session.disconnect();
  expect(passed).toBeGreaterThan(4500);
  return least;
}

// Code is optimised where it is called, not whenever another thread gets to it.
setFlagsFromString('--no-concurrent-recompilation');

describe('CommandFilter', () => {
  // The engine boxes numbers of 12 to 16 bytes that functions hand to each other; an array of three would be 200 more.
  it('makes no object and no array for a command that passes', async () => {
    expect(await allocatedPerTick(DEFAULT_FILTER)).toBeLessThan(160);
  });

  it('makes none either with every stage on: at most a number is boxed for each of 192 distances', async () => {
    expect(await allocatedPerTick(ALL_STAGES)).toBeLessThan(192 * 16);
  });
});
