import { serveJobs } from '../workers/serve.ts';
import { openDriver } from './driver.ts';
import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from './outcome.ts';
import { playEpisode, warmUp } from './play.ts';

serveJobs<EvaluationSetup, EpisodeJob, EpisodeOutcome>(async (setup) => {
  const driver = await openDriver(setup.policy, setup.mask);
  await warmUp(driver, setup.episodes);
  return (job) => playEpisode(job, setup, driver);
});
