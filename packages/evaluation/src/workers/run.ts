import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { InputError } from '@praxis/core';
import type { ErrorMessage, FromWorker, ToWorker } from './messages.ts';

export interface WorkerRun<Setup, Job, Result, News> {
  /** Source of the worker; it calls `serve`. */
  readonly module: URL;
  readonly setup: Setup;
  readonly jobs: readonly Job[];
  /** How many processes; more than jobs are not started. */
  readonly workers: number;
  /** Hands out no more jobs and ends the workers. What is done by then is the result. */
  readonly signal: AbortSignal;
  onResult?(result: Result, job: Job): void;
  onNews?(news: News): void;
}

const revive = (error: ErrorMessage): Error => {
  const known = error.expected ? new InputError(error.message) : new Error(error.message);
  known.stack = error.stack;
  return known;
};

/**
 * A worker lives long on a small heap. Left alone, V8 marks all of it about once a second, with four threads that take the
 * processors from the loops of all workers for 4 ms at a time; with room it hardly ever does.
 */
const HEAP = ['--initial-heap-size=1200', '--initial-old-space-size=1024'];

const start = (module: URL): ChildProcess =>
  fork(fileURLToPath(module), [], {
    execArgv: [...HEAP, '--import', import.meta.resolve('tsx')],
    // A worker's standard output must not reach ours: `--json` promises one object there.
    stdio: ['ignore', process.stderr, process.stderr, 'ipc'],
    serialization: 'advanced',
  });

/**
 * Runs jobs in processes of their own, each worker taking the next job when it is free. Results come back in the order
 * of the jobs, so they do not depend on the number of workers; an entry is undefined when the run was aborted before
 * it. No worker outlives the call.
 * @throws the first error of any worker.
 */
export async function runInWorkers<Setup, Job, Result, News = never>(
  run: WorkerRun<Setup, Job, Result, News>,
): Promise<readonly (Result | undefined)[]> {
  const { jobs, signal } = run;
  const results: (Result | undefined)[] = new Array(jobs.length).fill(undefined);
  if (jobs.length === 0 || signal.aborted) return results;
  const children = Array.from({ length: Math.min(run.workers, jobs.length) }, () => start(run.module));
  const gone = children.map((child) => new Promise<void>((resolve) => child.once('exit', () => resolve())));
  const kill = (): void => {
    for (const child of children) child.kill('SIGTERM');
  };

  let next = 0;
  const drive = (child: ChildProcess): Promise<void> =>
    new Promise((resolve, reject) => {
      let current: number | undefined;
      const send = (message: ToWorker<Setup, Job>): void => void child.send(message);
      const advance = (): void => {
        if (signal.aborted || next >= jobs.length) {
          current = undefined;
          resolve();
          return;
        }
        current = next++;
        send({ kind: 'job', index: current, job: jobs[current] });
      };
      child.on('message', (raw) => {
        const message = raw as FromWorker<Result, News>;
        if (message.kind === 'error') reject(revive(message.error));
        else if (message.kind === 'news') run.onNews?.(message.news);
        else {
          if (message.kind === 'result') {
            results[message.index] = message.result;
            run.onResult?.(message.result, jobs[message.index]);
          }
          advance();
        }
      });
      child.on('error', reject);
      child.once('exit', (code, killedBy) => {
        const during = current === undefined ? 'before its first job' : `during ${JSON.stringify(jobs[current])}`;
        if (signal.aborted) resolve();
        else reject(new Error(`a worker ended ${during} (${killedBy ?? `status ${code}`})`));
      });
      send({ kind: 'setup', setup: run.setup });
    });

  signal.addEventListener('abort', kill);
  try {
    await Promise.all(children.map(drive));
  } finally {
    signal.removeEventListener('abort', kill);
    kill();
    await Promise.all(gone);
  }
  return results;
}
