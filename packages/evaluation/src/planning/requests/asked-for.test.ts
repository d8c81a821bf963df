import {
  Catalogue,
  checkPlan,
  nameThings,
  type PlannerContext,
  proposePlan,
  RulesPlanner,
  SHIPPED_SKILLS,
} from '@praxis/planner';
import { pick, type TaskInstance, tidy } from '@praxis/sim';
import { expect, it } from 'vitest';
import { requestCell } from './scenes.ts';
import { spokenPickRequests } from './spoken-pick.ts';

const COUNT = 200;
const FIRST_SEED = 2_000_000;

/** The context of a scene by its true state. */
function contextOf({ named, objects, places }: TaskInstance): PlannerContext {
  const found = named.map(({ object, colour, shape }) => ({
    words: [colour, shape],
    position: objects.find(({ name }) => name === object)!.pose.slice(0, 3) as [number, number, number],
    confidence: 1,
  }));
  return {
    time: 10,
    things: nameThings(found),
    places: places ?? requestCell('open').places,
    gripperWidth: 0.08,
    tool: [0.45, 0, 0.22],
    supervisor: { state: 'running' },
    utterances: [],
    history: [],
  };
}

type Request = readonly [request: string, instance: TaskInstance];

/** Holds the plans of the rules to what was asked, as those of a model are. @returns number of accepted plans with steps, and what was rejected */
async function checked(requests: readonly Request[]): Promise<{ accepted: number; rejected: readonly string[] }> {
  const rules = new RulesPlanner();
  const planner = { name: 'rules', isModel: true, plan: rules.plan.bind(rules) };
  const found: string[] = [];
  let accepted = 0;
  for (const [request, instance] of requests) {
    const context = contextOf(instance);
    const catalogue = new Catalogue(SHIPPED_SKILLS, { ...requestCell('open'), places: context.places });
    const check = (plan: unknown) => checkPlan(plan, catalogue, context);
    const { plan, rejected } = await proposePlan(planner, { request, context, catalogue }, check);
    if (plan.kind === 'steps') accepted++;
    found.push(...rejected.slice(0, 1).map(({ reasons }) => `${request}: ${reasons.join('; ')}`));
  }
  return { accepted, rejected: found };
}

it('a plan for negation, contrast or relation does what was asked', async () => {
  const requests = spokenPickRequests(FIRST_SEED, COUNT).map(
    ({ seed, request }): Request => [request, pick.draw({ seed, wordings: 'report', swap: false })],
  );
  const { accepted, rejected } = await checked(requests);
  expect(rejected).toEqual([]);
  expect(accepted).toBeGreaterThan(0.9 * COUNT);
});

it('a plan for a request of tidy does what was asked', async () => {
  const requests = Array.from({ length: COUNT }, (_, i): Request => {
    const instance = tidy.draw({ seed: FIRST_SEED + i, wordings: i % 2 === 0 ? 'train' : 'report', swap: false });
    return [instance.instruction, instance];
  });
  const { accepted, rejected } = await checked(requests);
  expect(rejected).toEqual([]);
  expect(accepted).toBeGreaterThan(0.9 * COUNT);
});
