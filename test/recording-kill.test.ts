import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { withMcapFile } from '../packages/evaluation/src/recording/file-source.ts';
import { recordAndKill, startRecording } from './recordings/kill.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-kill-'));
afterAll(() => rmSync(folder, { recursive: true }));

// The nightly test kills fifty times and holds the loss to a second; here the machine may be busy.
it('a file whose process was killed opens, holds every period from the start on, and says that it was cut off', async () => {
  const { periods, cut } = await recordAndKill(join(folder, 'killed.mcap'), 1200);
  expect(periods.length).toBeGreaterThan(0);
  expect(periods).toEqual(periods.map((_, i) => i * 0.002));
  expect(cut?.reason).toBeDefined();
});

it('with a full disk the recording ends with one message, the program goes on, and the file opens', async () => {
  const path = join(folder, 'full.mcap');
  const { child, lines } = startRecording(path, 1.5, 'ulimit -f 400;');
  await new Promise((resolve) => child.once('close', resolve));
  expect(lines().filter((line) => !/^[\d.]+$/.test(line))).toEqual([
    `failed ${path}: cannot be written: EFBIG: file too large, write`,
    'ended without a file',
  ]);
  const count = await withMcapFile(path, async (file) => {
    let messages = 0;
    for await (const _ of file.messages()) messages++;
    return messages;
  });
  expect(count).toBeGreaterThan(100);
});
