import { policySource } from '../project/policy-source.ts';
import { loadProject } from '../project/project.ts';
import { serveJobs } from '../workers/serve.ts';
import { openDriver } from './driver.ts';
import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from './outcome.ts';
import { playEpisode, warmUp } from './play.ts';
import { shownEpisodes } from './shown-episodes.ts';

serveJobs<EvaluationSetup, EpisodeJob, EpisodeOutcome>(async (setup) => {
  const project = await loadProject(setup.config);
  const source = policySource(setup.policy, project, setup.policySpec);
  const driver = await openDriver(source, setup.mask, 'thread', setup.scheduler);
  const bridge = await shownEpisodes(setup, driver.name);
  await warmUp(driver, setup, project.registry);
  return (job) => playEpisode(job, setup, driver, project.registry, bridge?.(job));
});
