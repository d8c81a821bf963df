import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { killMoments, recordAndKill, recordedPeriodsOf, startRecording } from './recordings/kill.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-kill-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('files whose process was killed at a random moment open, and hold every period from the start on up to the cut', async () => {
  for (const [i, moment] of killMoments(3).entries()) {
    const { periods, cut } = await recordAndKill(join(folder, `random-${i}.mcap`), moment);
    expect(periods, `killed after ${moment} ms`).toEqual(periods.map((_, k) => k * 0.002));
    expect(cut?.reason, `killed after ${moment} ms`).toBeDefined();
  }
});

// The nightly test kills fifty times and holds the loss to a second; here the machine may be busy.
it('a file whose process was killed opens, holds every period from the start on, and says that it was cut off', async () => {
  const { periods, cut } = await recordAndKill(join(folder, 'killed.mcap'), 1200);
  expect(periods.length).toBeGreaterThan(0);
  expect(periods).toEqual(periods.map((_, i) => i * 0.002));
  expect(cut?.reason).toBeDefined();
});

it('with a full disk the recording ends with one message, the program goes on, and the file opens', async () => {
  const path = join(folder, 'full.mcap');
  const { child, lines } = startRecording(path, 3, 'ulimit -f 1200;');
  await new Promise((resolve) => child.once('close', resolve));
  expect(lines().filter((line) => !/^[\d.]+$/.test(line))).toEqual([
    `failed ${path}: cannot be written: EFBIG: file too large, write`,
    'ended without a file',
  ]);
  // How much was written before depends on how busy the machine is.
  const { periods, cut } = await recordedPeriodsOf(path);
  expect(periods.length).toBeGreaterThan(0);
  expect(periods).toEqual(periods.map((_, i) => i * 0.002));
  expect(cut?.reason).toBeDefined();
});
