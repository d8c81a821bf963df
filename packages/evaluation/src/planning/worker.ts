import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from '../episodes/outcome.ts';
import { serveJobs } from '../workers/serve.ts';
import { openPlannedDriver } from './planned-driver.ts';
import { playPlannedEpisode } from './play-planned.ts';

serveJobs<EvaluationSetup, EpisodeJob, EpisodeOutcome>(async (setup) => {
  const { driver, registry } = await openPlannedDriver(setup);
  return (job) => playPlannedEpisode(job, setup, driver, registry);
});
