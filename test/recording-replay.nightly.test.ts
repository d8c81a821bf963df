import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-replays-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Number of recordings that are replayed. */
const REPLAYS = Number(process.env.PRAXIS_REPLAYS ?? 20);
/** Tasks of the shipped policy `models/contact`, among them one in which a person interrupts. */
const TASKS = ['pick', 'sort', 'drawer', 'insert', 'wipe', 'press', 'interrupt'];

/** What `praxis replay --json` prints, of which this reads a part. */
interface Replays {
  readonly exact: number;
  readonly recordings: readonly {
    readonly task: string;
    readonly seed: string;
    readonly verdict: string;
    readonly first?: object;
    readonly dropped: number;
    readonly counts: Readonly<Record<string, { readonly compared: number; readonly differing: number }>>;
  }[];
}

it(`${REPLAYS} recorded episodes of ${TASKS.length} tasks replay with the recorded bits of every chunk, command and safety event`, {
  timeout: REPLAYS * 60_000,
}, async () => {
  const files: string[] = [];
  for (const [i, task] of TASKS.entries()) {
    // The first tasks have one episode more where the number does not divide.
    const episodes = Math.floor((REPLAYS + TASKS.length - 1 - i) / TASKS.length);
    if (episodes === 0) continue;
    const runs = join(folder, task);
    const options = ['--task', task, '--episodes', String(episodes), '--record', runs];
    const { status, err } = await runMain(['eval', '--policy', 'models/contact', ...options, '--json']);
    expect(status, err).toBe(0);
    files.push(...readdirSync(runs).map((name) => join(runs, name)));
  }
  expect(files).toHaveLength(REPLAYS);
  const { status, out, err } = await runMain(['replay', ...files, '--json']);
  const { exact, recordings } = JSON.parse(out) as Replays;
  const different = recordings.filter(({ verdict }) => verdict !== 'exact');
  expect(different.map(({ task, seed, first }) => ({ task, seed, first }))).toEqual([]);
  expect(status, err).toBe(0);
  expect(exact).toBe(REPLAYS);
  let chunks = 0;
  let commands = 0;
  for (const { counts, dropped, task } of recordings) {
    expect(dropped, task).toBe(0);
    expect(counts.robot_command.compared, task).toBeGreaterThan(1000);
    chunks += counts.chunk.compared;
    commands += counts.robot_command.compared;
  }
  console.log(`${exact} of ${REPLAYS} replays bit-exact: ${chunks} chunks and ${commands} commands`);
});
