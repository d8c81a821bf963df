import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { processTransport, ServiceClient } from '@praxis/core';
import type { JobService } from './messages.ts';

export interface WorkerRun<Setup, Job, Result, Update> {
  /** Source of the worker; it calls `serveJobs`. */
  readonly module: URL;
  readonly setup: Setup;
  readonly jobs: readonly Job[];
  /** How many processes; more than jobs are not started. */
  readonly workers: number;
  /** Hands out no more jobs and ends the workers. What is done by then is the result. */
  readonly signal: AbortSignal;
  onResult?(result: Result, job: Job): void;
  onProgress?(news: Update): void;
}

/**
 * A worker lives long on a small heap. Left alone, V8 marks all of it about once a second, with four threads that take the
 * processors from the loops of all workers for 4 ms at a time; with room it hardly ever does.
 */
const HEAP_FLAGS = ['--initial-heap-size=1200', '--initial-old-space-size=1024'];

const forkWorker = (module: URL): ChildProcess =>
  fork(fileURLToPath(module), [], {
    execArgv: [...HEAP_FLAGS, '--import', import.meta.resolve('tsx')],
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
export async function runInWorkers<Setup, Job, Result, Update = never>(
  run: WorkerRun<Setup, Job, Result, Update>,
): Promise<readonly (Result | undefined)[]> {
  const { jobs, signal } = run;
  const results: (Result | undefined)[] = new Array(jobs.length).fill(undefined);
  if (jobs.length === 0 || signal.aborted) return results;
  let next = 0;
  const workers = Array.from({ length: Math.min(run.workers, jobs.length) }, () => new JobWorker(run));
  const drive = async (worker: JobWorker<Setup, Job, Result, Update>): Promise<void> => {
    await worker.prepare();
    while (!signal.aborted && next < jobs.length) {
      const index = next++;
      const result = await worker.run(jobs[index]);
      results[index] = result;
      run.onResult?.(result, jobs[index]);
    }
  };
  const kill = (): void => {
    for (const worker of workers) worker.kill();
  };

  signal.addEventListener('abort', kill);
  try {
    await Promise.all(
      workers.map((worker) =>
        drive(worker).catch((error: unknown) => {
          // A worker that was ended on purpose owes nothing.
          if (!signal.aborted || !worker.ended) throw error;
        }),
      ),
    );
  } finally {
    signal.removeEventListener('abort', kill);
    kill();
    await Promise.all(workers.map(({ exited }) => exited));
  }
  return results;
}

/** One worker process. */
class JobWorker<Setup, Job, Result, Update> {
  readonly exited: Promise<unknown>;
  readonly #setup: Setup;
  readonly #client: ServiceClient<JobService>;
  #during = 'before its first job';

  constructor({ module, setup, onProgress }: WorkerRun<Setup, Job, Result, Update>) {
    this.#setup = setup;
    this.#client = new ServiceClient<JobService>(processTransport(forkWorker(module), { killSignal: 'SIGTERM' }), {
      events: { progress: (news) => onProgress?.(news as Update) },
      exitError: ({ code, signal, error }) =>
        error ?? new Error(`a worker ended ${this.#during} (${signal ?? `status ${code}`})`),
    });
    this.exited = this.#client.exited;
  }

  get ended(): boolean {
    return this.#client.status.kind === 'exited';
  }

  prepare(): Promise<void> {
    return this.#client.call('prepare', this.#setup);
  }

  run(job: Job): Promise<Result> {
    this.#during = `during ${JSON.stringify(job)}`;
    return this.#client.call('run', job) as Promise<Result>;
  }

  kill(): void {
    this.#client.kill();
  }
}
