import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RecedingHorizon } from '@praxis/policy';
import { loadPolicyFromDirectory, wasmBinary } from '@praxis/policy/node';
import { webBackend } from '@praxis/policy/web';
import { runEpisode, type Task } from '@praxis/sim';
import { expect } from 'vitest';
import { openPage, root, type StudioServer } from './studio-page.ts';

const urdf = readFileSync(join(root, 'urdf', 'praxis_arm.urdf'), 'utf8');

/** Runs an episode in a page and in this process, with the same ONNX Runtime, and expects the same bits. */
export async function expectEqualEpisodes(
  studio: StudioServer,
  task: Task,
  seed: number,
  model = studio.model,
): Promise<void> {
  const { page } = await openPage(studio, `?model=${model.path}&play=0`);
  await page.evaluate(() => window.praxis!.ready);
  const browser = await page.evaluate((choice) => window.praxis!.runEpisode(choice), { task: task.name, seed });
  await page.close();

  const backend = webBackend({ wasm: await wasmBinary() });
  const policy = await loadPolicyFromDirectory(model.directory, { backend });
  const node = await runEpisode({ task, seed, urdf, policy, scheduler: new RecedingHorizon(), wordings: 'report' });
  await policy.close();

  expect(browser.actionsSha256).toBe(node.actionsSha256);
  expect(browser.steps).toBe(node.steps);
  expect(browser.instruction).toBe(node.instruction);
  expect(browser.success).toBe(node.success);
  expect(browser.peakForceN).toBe(node.peakForceN);
}
