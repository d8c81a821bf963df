/**
 * Asks a planner for a plan, checks it, and runs it on the simulated arm:
 *
 *   npx praxis run examples/own-skill/plan.ts ["REQUEST"] [PLANNER]
 */
import { setTimeout } from 'node:timers/promises';
import { openPlanner, openProject, openSimPlanHost, policySource, robotChoice } from '@praxis/evaluation';

const [request = 'move up 5 centimetres, then open the gripper', name = 'rules'] = process.argv.slice(2);
const project = await openProject('examples/own-skill/praxis.config.ts', process.cwd());
const host = await openSimPlanHost({
  project,
  task: 'sort',
  seed: 2_000_000,
  robot: await robotChoice(undefined),
  policy: policySource('expert', project),
  pace: 'turns',
});
try {
  const planner = await openPlanner(name, project.registry);
  const { plan } = await planner.plan({ request, context: await host.look(), catalogue: host.catalogue });
  const verdict = await host.check(plan);
  if (!verdict.accepted) console.log(verdict.faults.map(({ message }) => message).join('\n'));
  else if (verdict.plan.kind !== 'steps') console.log(verdict.plan);
  else {
    // A program of yours shows `verdict.readBack` to a person first.
    const { id } = await host.run(verdict.plan, verdict.readBack);
    while (host.status(id)?.state === 'running') await setTimeout(20);
    console.log(host.status(id)?.summary);
  }
  await planner.close?.();
} finally {
  await host.close();
}
