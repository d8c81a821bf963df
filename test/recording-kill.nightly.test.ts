import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { killMoments, recordAndKill } from './recordings/kill.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-kills-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a kill may lose (s). */
const MAX_LOSS_S = 1;
/** Number of kills. */
const KILLS = Number(process.env.PRAXIS_KILLS ?? 50);

it(`of ${KILLS} recordings killed at random moments each opens, and at most the last second is missing`, {
  timeout: KILLS * 30_000,
}, async () => {
  const losses: number[] = [];
  for (const [i, moment] of killMoments(KILLS).entries()) {
    const path = join(folder, `${i}.mcap`);
    const { reported, periods, cut } = await recordAndKill(path, moment);
    rmSync(path);
    expect(periods, `killed after ${moment} ms`).toEqual(periods.map((_, k) => k * 0.002));
    expect(cut?.reason, `killed after ${moment} ms`).toBeDefined();
    losses.push(reported - (periods.at(-1) ?? 0));
  }
  console.log(`${KILLS} kills: lost at most ${Math.max(...losses).toFixed(3)} s`);
  expect(losses).toHaveLength(KILLS);
  expect(Math.max(...losses)).toBeLessThanOrEqual(MAX_LOSS_S);
});
