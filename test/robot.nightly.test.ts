import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PUBLIC_ROBOTS, requirePublicRobots } from '@praxis/model/testing';
import { afterAll, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const scratch = mkdtempSync(join(tmpdir(), 'praxis-robot-'));
afterAll(() => rmSync(scratch, { recursive: true }));

it('praxis robot drafts an MJCF with large meshes so that check finds no fault', async (context) => {
  const file = join(requirePublicRobots(context), PUBLIC_ROBOTS.so101Mjcf);
  const drafted = await runMain(['robot', 'init', file, '--out', scratch, '--force', '--json']);
  expect(drafted.status, drafted.err).toBe(0);
  const checked = await runMain(['robot', 'check', scratch, '--json']);
  expect((JSON.parse(checked.out) as { faults: unknown[] }).faults).toEqual([]);
  expect(checked.status).toBe(0);
});
