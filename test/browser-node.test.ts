import { join } from 'node:path';
import { pick, press } from '@praxis/sim';
import { afterAll, beforeAll, it } from 'vitest';
import { expectEqualEpisodes } from './browser-episode.ts';
import { openStudio, root, type StudioServer } from './studio-page.ts';

let studio: StudioServer;

beforeAll(async () => {
  studio = await openStudio();
});

afterAll(async () => {
  await studio.close();
});

it('every action of an episode of pick is bit-identical in Chromium and in Node', () =>
  expectEqualEpisodes(studio, pick, 2_000_003));

it('every action of the policy with a compliant tool is bit-identical in Chromium and in Node', () =>
  expectEqualEpisodes(studio, press, 2_000_001, {
    directory: join(root, 'models', 'contact'),
    path: '/models/contact',
  }));
