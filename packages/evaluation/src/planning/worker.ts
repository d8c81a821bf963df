import { openDriver } from '../episodes/driver.ts';
import type { EpisodeJob, EpisodeOutcome, EvaluationSetup } from '../episodes/outcome.ts';
import { warmUp } from '../episodes/play.ts';
import { policySource } from '../project/policy-source.ts';
import { loadProject } from '../project/project.ts';
import { serveJobs } from '../workers/serve.ts';
import { openPlanner } from './open-planner.ts';
import { playPlannedEpisode } from './play-planned.ts';
import { policyDetector, policyFacts } from './policy-facts.ts';

serveJobs<EvaluationSetup, EpisodeJob, EpisodeOutcome>(async (setup) => {
  const project = await loadProject(setup.config);
  const source = policySource(setup.policy, project, setup.policySpec);
  const driver = await openDriver(source, setup.mask);
  const { registry } = project;
  await warmUp(driver, setup, registry);
  const planner = await openPlanner(setup.planner!.name, registry);
  const planned = { ...driver, planner, facts: policyFacts(source), detector: await policyDetector(source) };
  return (job) => playPlannedEpisode(job, setup, planned, registry);
});
