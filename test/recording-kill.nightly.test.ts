import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { recordAndKill } from './recordings/kill.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-kills-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a kill may lose (s). */
const MAX_LOSS_S = 1;

it('of fifty recordings killed at any moment each opens, and at most the last second is missing', {
  timeout: 1_800_000,
}, async () => {
  const losses: number[] = [];
  for (let i = 0; i < 50; i++) {
    const { reported, periods } = await recordAndKill(join(folder, `${i}.mcap`), 600 + 37 * i);
    expect(periods).toEqual(periods.map((_, k) => k * 0.002));
    losses.push(reported - (periods.at(-1) ?? 0));
  }
  console.log(`lost at most ${Math.max(...losses).toFixed(3)} s`);
  expect(Math.max(...losses)).toBeLessThanOrEqual(MAX_LOSS_S);
});
