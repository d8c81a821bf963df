import { openDriver } from '../episodes/driver.ts';
import { serve } from '../workers/serve.ts';
import { playEpisode } from './episode.ts';
import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from './outcome.ts';

serve<EvaluationSetup, EpisodeJob, EpisodeOutcome>(async (setup) => {
  const driver = await openDriver(setup.policy, setup.mask);
  return (job) => playEpisode(job, setup, driver);
});
