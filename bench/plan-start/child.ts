import { RulesPlanner } from '@praxis/planner';
import { catalogue, context } from '../../packages/planner/src/models/testing/request.ts';

/** Plans one request in this new process and prints what it took (ms): argument `prepared` or `unprepared`. */
const request = 'put the red cube on the left tray, then lift the cube that is not red';
const planner = new RulesPlanner();
const prepare = await timed(() => (process.argv[2] === 'prepared' ? planner.prepare(catalogue) : undefined));
const plan = await timed(async () => {
  const utterances = [{ time: 0, from: 'operator', text: request } as const];
  const { plan } = await planner.plan({ request, context: { ...context, utterances }, catalogue });
  if (plan.kind !== 'steps') throw new Error(`expected steps, not ${JSON.stringify(plan)}`);
});
console.log(JSON.stringify({ prepare, plan }));

async function timed(run: () => unknown): Promise<{ readonly wall: number; readonly cpu: number }> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  await run();
  const { user, system } = process.cpuUsage(used);
  return { wall: performance.now() - start, cpu: (user + system) / 1000 };
}
