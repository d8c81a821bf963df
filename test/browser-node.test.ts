import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecedingHorizon } from '@praxis/policy';
import { loadPolicyFromDirectory, wasmBinary } from '@praxis/policy/node';
import { webBackend } from '@praxis/policy/web';
import { pick, runEpisode, sort } from '@praxis/sim';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, openStudio, root, type StudioServer } from './studio-page.ts';

let studio: StudioServer;

beforeAll(async () => {
  studio = await openStudio();
});

afterAll(async () => {
  await studio.close();
});

const urdf = readFileSync(join(root, 'urdf', 'praxis_arm.urdf'), 'utf8');

describe('one episode in Chromium and in Node, with the same ONNX Runtime', () => {
  it.each([
    { task: pick, seed: 2_000_003 },
    { task: sort, seed: 2_000_004 },
  ])('$task.name, seed $seed: every action is bit-identical', async ({ task, seed }) => {
    const { page } = await openPage(studio, `?model=${studio.model.path}&play=0`);
    await page.evaluate(() => window.praxis!.ready);
    const browser = await page.evaluate((choice) => window.praxis!.runEpisode(choice), { task: task.name, seed });
    await page.close();

    const backend = webBackend({ wasm: await wasmBinary() });
    const policy = await loadPolicyFromDirectory(studio.model.directory, { backend });
    const node = await runEpisode({ task, seed, urdf, policy, scheduler: new RecedingHorizon(), wordings: 'report' });
    await policy.close();

    expect(browser.actionsSha256).toBe(node.actionsSha256);
    expect(browser.steps).toBe(node.steps);
    expect(browser.instruction).toBe(node.instruction);
    expect(browser.success).toBe(node.success);
    expect(browser.peakForceN).toBe(node.peakForceN);
  });
});
