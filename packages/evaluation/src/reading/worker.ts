import { openDriver } from '../episodes/driver.ts';
import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from '../episodes/outcome.ts';
import { playEpisode, warmUp } from '../episodes/play.ts';
import { shownEpisodes } from '../episodes/shown-episodes.ts';
import { policySource } from '../project/policy-source.ts';
import { loadProject } from '../project/project.ts';
import { robotChoice } from '../project/robot.ts';
import { serveJobs } from '../workers/serve.ts';
import { readingDriver } from './open-reading.ts';

serveJobs<EvaluationSetup, EpisodeJob, EpisodeOutcome>(async (setup) => {
  const { registry, ...project } = await loadProject(setup.config);
  const source = policySource(setup.policy, { ...project, registry }, setup.policySpec);
  const plain = await openDriver(source, setup.mask, 'thread', setup.scheduler);
  const driver = await readingDriver(plain, source, await robotChoice(setup.robot, setup.arm), registry);
  const bridge = await shownEpisodes(setup, driver.name);
  await warmUp(driver, setup, registry);
  return async (job) => {
    const outcome = await playEpisode(job, setup, driver, registry, bridge?.(job));
    const { reading } = driver.policy;
    return reading ? { ...outcome, reading } : outcome;
  };
});
