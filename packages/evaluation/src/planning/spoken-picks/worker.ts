import type { EvaluationSetup } from '../../episodes/outcome.ts';
import { serveJobs } from '../../workers/serve.ts';
import { openPlannedDriver } from '../planned-driver.ts';
import { playPick } from './play.ts';
import type { PickJob, PickOutcome } from './trial.ts';

serveJobs<EvaluationSetup, PickJob, PickOutcome>(async (setup) => {
  const { driver, registry } = await openPlannedDriver(setup);
  return (job) => playPick(job, driver, registry);
});
