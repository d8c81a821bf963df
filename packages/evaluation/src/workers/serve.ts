import { parentTransport, serve } from '@praxis/core';
import type { JobService } from './messages.ts';

/**
 * The worker's side of `runInWorkers`. `prepare` runs once, the function that it returns once for each job.
 * The command decides about Ctrl-C; a worker only ends when the command that owns it is gone.
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
