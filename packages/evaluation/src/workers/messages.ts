/**
 * What a worker process offers to its command. Set-up, jobs, results and progress are data; `runInWorkers` and `serveJobs` know their
 * types.
 */
export interface JobService {
  readonly methods: {
    /** Once, before the first job. */
    prepare(setup: unknown): void;
    run(job: unknown): unknown;
  };
  readonly events: { progress: unknown };
}
