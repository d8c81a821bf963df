import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { execArgvOf, PraxisError, processTransport, ServiceClient } from '@praxis/core';
import type { JobService } from './serve.ts';

/** Options of {@link runInWorkers}. Setup, jobs, results and progress are values of the structured clone algorithm. */
export interface WorkerRun<Setup, Job, Result, Update> {
  /** Module of the worker, which calls `serveJobs`. */
  readonly module: URL;
  /** Value that each worker receives once, before its first job. */
  readonly setup: Setup;
  readonly jobs: readonly Job[];
  /** Largest number of processes; there are never more processes than jobs. */
  readonly workers: number;
  /** Ends the run early: kills the workers and starts no further job. */
  readonly signal: AbortSignal;
  onResult?(result: Result, job: Job): void;
  onProgress?(progress: Update): void;
}

/**
 * Flags that give a worker a large initial heap. With the default heap V8 marks all of it about once a second, and its four
 * threads take the processors from all workers for 4 ms each time.
 */
const HEAP_FLAGS = ['--initial-heap-size=1200', '--initial-old-space-size=1024'];

const forkWorker = (module: URL): ChildProcess =>
  fork(fileURLToPath(module), [], {
    execArgv: [...HEAP_FLAGS, ...execArgvOf(module)],
    // The output of a worker goes to standard error, since `--json` promises a single object on standard output.
    stdio: ['ignore', process.stderr, process.stderr, 'ipc'],
    serialization: 'advanced',
  });

/**
 * Runs jobs in worker processes; a free worker takes the next job. All workers have exited when this returns.
 * @returns the results in the order of the jobs, so that they do not depend on the number of workers. An entry is undefined when
 * the run was aborted before its job finished.
 * @throws the first error of any worker
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
          // After an abort the exit of a worker is no error.
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

/** Client of one worker process. */
class JobWorker<Setup, Job, Result, Update> {
  readonly exited: Promise<unknown>;
  readonly #setup: Setup;
  readonly #client: ServiceClient<JobService>;
  #activity = 'before its first job';

  constructor({ module, setup, onProgress }: WorkerRun<Setup, Job, Result, Update>) {
    this.#setup = setup;
    this.#client = new ServiceClient<JobService>(processTransport(forkWorker(module), { killSignal: 'SIGTERM' }), {
      events: { progress: (update) => onProgress?.(update as Update) },
      exitError: ({ code, signal, error }) =>
        error ?? new PraxisError(`a worker exited ${this.#activity} (${signal ?? `status ${code}`})`),
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
    this.#activity = `during ${JSON.stringify(job)}`;
    return this.#client.call('run', job) as Promise<Result>;
  }

  kill(): void {
    this.#client.kill();
  }
}
