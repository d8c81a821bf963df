import { openDriver } from '../episodes/driver.ts';
import { serveJobs } from '../workers/serve.ts';
import { playEpisode } from './episode.ts';
import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from './outcome.ts';
import { warmUp } from './warm-up.ts';

serveJobs<EvaluationSetup, EpisodeJob, EpisodeOutcome>(async (setup) => {
  const driver = await openDriver(setup.policy, setup.mask);
  await warmUp(driver, setup.episodes);
  return (job) => playEpisode(job, setup, driver);
});
