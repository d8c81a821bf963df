import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { McapIndexedReader } from '@mcap/core';
import { loadProject, replayRecording } from '@praxis/evaluation';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decompressZstd, loadZstd } from '../packages/wire/src/zstd/zstd.ts';
import { openPage, openStudio, RETRY_ONCE, root, type StudioServer } from './studio-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-record-test-'));

let studio: StudioServer;
beforeAll(async () => {
  studio = await openStudio();
});
afterAll(async () => {
  await studio.close();
  rmSync(folder, { recursive: true });
});

/** Waits until simulated time reaches `seconds`. */
const reach = (page: Page, seconds: number) =>
  page.waitForFunction((s) => Number.parseFloat(document.getElementById('time')?.textContent ?? '') >= s, seconds);

/** Does something that ends a recording, and returns the path of the downloaded file. */
async function downloaded(page: Page, end: () => Promise<unknown>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), end()]);
  const path = join(folder, `${Date.now()}-${download.suggestedFilename()}`);
  await download.saveAs(path);
  return path;
}

/** Messages by topic, as the indexed reader of @mcap/core has them, and the metadata. */
async function contents(path: string) {
  await loadZstd();
  const bytes = readFileSync(path);
  const reader = await McapIndexedReader.Initialize({
    readable: {
      size: async () => BigInt(bytes.length),
      read: async (offset, size) => bytes.subarray(Number(offset), Number(offset + size)),
    },
    decompressHandlers: { zstd: (buffer, size) => decompressZstd(buffer, Number(size)) },
  });
  const counts: Record<string, number> = {};
  for await (const { channelId } of reader.readMessages({ validateCrcs: true })) {
    const { topic } = reader.channelsById.get(channelId)!;
    counts[topic] = (counts[topic] ?? 0) + 1;
  }
  const facts: Record<string, string> = {};
  for await (const { metadata } of reader.readMetadata()) Object.assign(facts, Object.fromEntries(metadata));
  return { counts, facts, profile: reader.header.profile };
}

describe('a recording that the page makes', RETRY_ONCE, () => {
  it('has every topic from the start on, opens everywhere, and is replayed with the recorded inputs', async () => {
    const { page, log } = await openPage(studio, `?model=${studio.model.path}&task=pick&seed=2000000&play=0`);
    await page.evaluate(() => window.praxis!.ready);
    await page.waitForSelector('#state[data-state=paused]');
    await page.getByTestId('record').click();
    // The recorder's code is being loaded; the episode waits for it.
    await page.getByTestId('play').click();
    await page.waitForFunction(() => document.getElementById('record-state')?.textContent === 'recording');
    expect(await page.getByTestId('record').getAttribute('aria-pressed')).toBe('true');
    await reach(page, 2);
    const path = await downloaded(page, () => page.getByTestId('record').click());
    expect(await page.getByTestId('record-state').textContent()).toMatch(/^pick-2000000.mcap: 0.00 to \d+\.\d\d s, /);
    expect(path.endsWith('pick-2000000.mcap')).toBe(true);

    const { counts, facts, profile } = await contents(path);
    expect(profile).toBe('ros2');
    const periods = counts['/praxis/period'];
    expect(periods).toBeGreaterThanOrEqual(1000);
    expect(counts['/joint_states']).toBeGreaterThanOrEqual(periods - 5);
    for (const topic of ['/praxis/loop_command', '/praxis/robot_command'])
      expect(counts[topic], topic).toBeGreaterThan(0.8 * periods);
    for (const topic of ['/wrench', '/camera_front/image_raw', '/praxis/observation', '/praxis/chunk', '/praxis/gates'])
      expect(counts[topic], topic).toBeGreaterThanOrEqual(18);
    for (const topic of ['/instruction', '/praxis/safety_event', '/diagnostics'])
      expect(counts[topic], topic).toBeGreaterThanOrEqual(1);
    expect(facts).toMatchObject({ task: 'pick', seed: '2000000', driver: 'policy', safety: 'on', dropped: '0' });

    // Node computes inputs, commands and the supervisor's events with the same bits, and so it does actions with the page's runtime of ONNX.
    const project = await loadProject(undefined);
    process.env.PRAXIS_TEST_POLICY = studio.model.directory;
    const policy = join(root, 'test', 'recordings', 'page-policy.ts');
    const replayed = await replayRecording(path, { project, policy });
    expect(replayed).toMatchObject({ verdict: 'exact', periods, altered: [] });
    expect(replayed.counts.chunk.compared).toBe(counts['/praxis/chunk']);
    // Another runtime rounds otherwise, which the report says.
    const other = await replayRecording(path, { project, policy: studio.model.directory });
    expect(other.altered).toEqual([]);
    expect(other.counts.observation).toEqual({ compared: counts['/praxis/observation'], differing: 0 });
    expect(other.changed.map(({ what }) => what)).toEqual(['runtime', 'backend']);
    expect(other.first?.largest?.by ?? 0).toBeLessThan(1e-5);

    // The player of the page opens it as well.
    await page.getByTestId('recording-file').setInputFiles(path);
    await page.waitForFunction(() => Number(document.getElementById('player-plots')?.dataset.plots) > 8);
    expect(await page.getByTestId('player-facts').textContent()).toContain('task pick');
    expect(log.lines).toEqual([]);
    await page.close();
  });

  it('begins where the user asks for it, has what was said, and ends with its episode', async () => {
    const { page } = await openPage(studio, `?model=${studio.model.path}&task=pick&seed=2000001`);
    await page.evaluate(() => window.praxis!.ready);
    await reach(page, 0.5);
    await page.getByTestId('record').click();
    await page.waitForFunction(() => document.getElementById('record-state')?.textContent === 'recording');
    await page.getByTestId('instruction-text').fill('move up 2 cm');
    await page.getByTestId('send').click();
    const time = Number.parseFloat((await page.getByTestId('time').textContent())!);
    await reach(page, time + 1);
    const path = await downloaded(page, () => page.getByTestId('reset').click());
    const { counts, facts } = await contents(path);
    expect(counts['/praxis/period']).toBeGreaterThanOrEqual(500);
    expect(counts['/praxis/operator_input']).toBeGreaterThanOrEqual(2);
    // The one that was in force already.
    expect(counts['/instruction']).toBe(1);
    expect(facts).toMatchObject({ driver: 'words', seed: '2000001' });
    expect(facts.outcome).toBeUndefined();
    await expect(replayRecording(path, { project: await loadProject(undefined) })).rejects.toThrow(
      /: driven by words, /,
    );
    expect(await page.getByTestId('record').textContent()).toBe('Record');
    await page.close();
  });
});
