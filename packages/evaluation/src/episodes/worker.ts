import { openPlanner } from '../planning/open-planner.ts';
import { playPlannedEpisode } from '../planning/play-planned.ts';
import { policyDetector, policyFacts } from '../planning/work-cell.ts';
import { policySource } from '../project/policy-source.ts';
import { loadProject } from '../project/project.ts';
import { serveJobs } from '../workers/serve.ts';
import { openDriver } from './driver.ts';
import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from './outcome.ts';
import { playEpisode, warmUp } from './play.ts';

serveJobs<EvaluationSetup, EpisodeJob, EpisodeOutcome>(async (setup) => {
  const project = await loadProject(setup.config);
  const source = policySource(setup.policy, project, setup.policySpec);
  const driver = await openDriver(source, setup.mask);
  const { registry } = project;
  await warmUp(driver, setup, registry);
  if (!setup.planner) return (job) => playEpisode(job, setup, driver, registry);
  const planner = await openPlanner(setup.planner.name, registry);
  const planned = { ...driver, planner, facts: policyFacts(source), detector: await policyDetector(source) };
  return (job) => playPlannedEpisode(job, setup, planned, registry);
});
