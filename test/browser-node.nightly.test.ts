import { pick, sort } from '@praxis/sim';
import { afterAll, beforeAll, it } from 'vitest';
import { expectEqualEpisodes } from './browser-episode.ts';
import { openStudio, type StudioServer } from './studio-page.ts';

let studio: StudioServer;

beforeAll(async () => {
  studio = await openStudio();
});

afterAll(async () => {
  await studio.close();
});

it.each([
  { task: pick, seed: 2_000_103 },
  { task: sort, seed: 2_000_004 },
])('every action of $task.name, seed $seed, is bit-identical in Chromium and in Node', ({ task, seed }) =>
  expectEqualEpisodes(studio, task, seed),
);
