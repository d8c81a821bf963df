import { InputError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { runInWorkers } from './run.ts';

const module = new URL('./testing/squares.ts', import.meta.url);
const running = () => new AbortController().signal;

interface Square {
  readonly square: number;
  readonly pid: number;
}

describe('runInWorkers', () => {
  it('returns the results of several processes in the order of the jobs', async () => {
    const jobs = [3, 1, 2, 0, 5, 4];
    const seen: number[] = [];
    const results = await runInWorkers<{ offset: number }, number, Square, string>({
      module,
      setup: { offset: 1 },
      jobs,
      workers: 2,
      signal: running(),
      onResult: (_, job) => seen.push(job),
    });
    expect(results.map((result) => result?.square)).toEqual([10, 2, 5, 1, 26, 17]);
    expect([...seen].sort()).toEqual([...jobs].sort());
    expect(new Set(results.map((result) => result?.pid)).has(process.pid)).toBe(false);
  });

  it('rejects with the InputError of a worker, and with an error for a crash', async () => {
    const run = (job: number) =>
      runInWorkers({ module, setup: { offset: 0 }, jobs: [job], workers: 1, signal: running() });
    await expect(run(-1)).rejects.toThrow(InputError);
    await expect(run(-1)).rejects.toThrow('no square of -1');
    await expect(run(-2)).rejects.toThrow('a worker exited during -2 (status 7)');
  });

  it('returns the finished results after an abort, and leaves no process running', async () => {
    const controller = new AbortController();
    const pids = new Set<number>();
    const results = await runInWorkers<{ offset: number }, number, Square>({
      module,
      setup: { offset: 0 },
      // A job above 1000 takes that many milliseconds.
      jobs: [1, 60_000],
      workers: 1,
      signal: controller.signal,
      onResult(result) {
        pids.add(result.pid);
        setTimeout(() => controller.abort(), 100);
      },
    });
    expect(results.map((result) => result?.square)).toEqual([1, undefined]);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});
