import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecedingHorizon } from '@praxis/policy';
import { loadPolicyFromDirectory, wasmBinary } from '@praxis/policy/node';
import { webBackend } from '@praxis/policy/web';
import { runEpisode } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { motorTask } from '../examples/own-modality/motor.ts';
import { vibration } from '../examples/own-modality/sensor.ts';
import { configFolders } from '../packages/cli/src/studio/config-bundle.ts';
import { PLANNER_TASKS, POLICY_TASKS } from './shipped-tasks.ts';
import { openPage, openStudio, RETRY_ONCE, root, type StudioServer } from './studio-page.ts';

const example = join(root, 'examples', 'own-modality');
const folder = mkdtempSync(join(tmpdir(), 'praxis-config-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the studio with the configuration of examples/own-modality', RETRY_ONCE, () => {
  let studio: StudioServer;
  beforeAll(async () => {
    studio = await openStudio({ config: join(example, 'praxis.config.ts') });
  });
  afterAll(() => studio.close());

  it('runs the own task with the own sensor and policy, bit-identical to Node, and masks the new modality', async () => {
    const seed = 2_000_000;
    const { page, log } = await openPage(studio, `?policy=vibration&task=motor&seed=${seed}&play=0`);
    await page.evaluate(() => window.praxis!.ready);
    const tasks = await page.getByTestId('task').locator('option').allTextContents();
    expect(tasks).toEqual([...POLICY_TASKS, 'motor', ...PLANNER_TASKS, 'free']);
    await page.getByTestId('mask-vibration').waitFor();
    const run = (mask: readonly string[]) =>
      page.evaluate((choice) => window.praxis!.runEpisode(choice), { task: 'motor', seed, mask });
    const [seen, masked] = [await run([]), await run(['vibration'])];
    expect(log.lines).toEqual([]);
    await page.close();

    const policy = await loadPolicyFromDirectory(join(example, 'model'), {
      backend: webBackend({ wasm: await wasmBinary() }),
    });
    const scene = { task: motorTask, modalities: [vibration], seed, urdf: armUrdf(), wordings: 'report' as const };
    const node = async (mask: readonly string[]) =>
      (await runEpisode({ ...scene, policy, scheduler: new RecedingHorizon(), mask })).actionsSha256;
    expect(seen).toMatchObject({ success: true, actionsSha256: await node([]) });
    expect(masked.actionsSha256).toBe(await node(['vibration']));
    expect(masked.actionsSha256).not.toBe(seen.actionsSha256);
    await policy.close();
  });

  it('offers the policies of the configuration, and opens the chosen one', async () => {
    const { page } = await openPage(studio, `?model=${studio.model.path}&play=0`);
    await page.evaluate(() => window.praxis!.ready);
    await page.getByTestId('driver').selectOption({ label: 'policy vibration' });
    await page.waitForURL(/policy=vibration/);
    await page.getByTestId('mask-vibration').waitFor();
    await page.close();
  });

  it('says which policies there are when the address names another one', async () => {
    const { page } = await openPage(studio, '?policy=gone&play=0');
    const error = await page.evaluate(() => window.praxis!.ready.catch((reason: Error) => reason.message));
    expect(error).toBe('policy gone: expected one of vibration');
    await page.close();
  });
});

describe('the bundle of a configuration', () => {
  it.each([
    [
      'uses what a browser lacks',
      "import fs from 'node:fs';\nexport default { policies: { own: () => fs } };",
      /praxis.config.ts:1: .*node:fs/,
    ],
    ['does not compile', 'export default {', /^praxis.config.ts: the page cannot use it, praxis.config.ts:1: /],
  ])('is refused in one line when it %s', async (_, text, line) => {
    writeFileSync(join(folder, 'praxis.config.ts'), text);
    const failure = configFolders(join(folder, 'praxis.config.ts'));
    await expect(failure).rejects.toThrow(line);
    await expect(failure).rejects.not.toThrow(/\n/);
  });
});
