import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from '../episodes/outcome.ts';
import { shownEpisodes } from '../episodes/shown-episodes.ts';
import { serveJobs } from '../workers/serve.ts';
import { openPlannedDriver } from './planned-driver.ts';
import { playPlannedEpisode } from './play-planned.ts';

serveJobs<EvaluationSetup, EpisodeJob, EpisodeOutcome>(async (setup) => {
  const { driver, registry } = await openPlannedDriver(setup);
  const bridge = await shownEpisodes(setup, driver.name);
  return (job) => playPlannedEpisode(job, setup, driver, registry, bridge?.(job));
});
