import { parentTransport, serve } from '@praxis/core';

/** Service of a worker process. `runInWorkers` and `serveJobs` know the types of set-up, jobs, results and progress. */
export interface JobService {
  readonly methods: {
    /** Prepares the worker; called once, before the first job. */
    prepare(setup: unknown): void;
    run(job: unknown): unknown;
  };
  readonly events: { progress: unknown };
}

/**
 * Serves the jobs of `runInWorkers` in a worker process, which ignores Ctrl-C and exits with its parent.
 * @param prepare runs once; the function that it returns runs each job
 */
export function serveJobs<Setup, Job, Result, Update = never>(
  prepare: (setup: Setup, reportProgress: (progress: Update) => void) => Promise<(job: Job) => Promise<Result>>,
): void {
  serve<JobService>(parentTransport(process), (emit) => {
    let run: ((job: Job) => Promise<Result>) | undefined;
    return {
      methods: {
        async prepare(setup) {
          run = await prepare(setup as Setup, (progress) => emit('progress', progress));
        },
        run: async (job) => run?.(job as Job),
      },
    };
  });
}
