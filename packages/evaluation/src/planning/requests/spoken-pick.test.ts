import { Catalogue, RulesPlanner, SHIPPED_SKILLS } from '@praxis/planner';
import { FAR_KINDS, pick } from '@praxis/sim';
import { expect, it } from 'vitest';
import { contextOf, type PlanningRequest } from './request.ts';
import { requestCell } from './scenes.ts';
import { spokenPickRequests } from './spoken-pick.ts';

const REQUESTS = spokenPickRequests(2_000_000, 200);

it('draws requests of three kinds whose target is in the scene', () => {
  expect(new Set(REQUESTS.map(({ kind }) => kind))).toEqual(new Set(FAR_KINDS));
  expect(new Set(REQUESTS.map(({ request }) => request)).size).toBeGreaterThan(150);
  for (const { seed, goalKey } of REQUESTS)
    expect(pick.draw({ seed, wordings: 'report', swap: false }).goalKeys).toContain(goalKey);
  expect(spokenPickRequests(2_000_000, 200)).toEqual(REQUESTS);
});

it('means what the rules plan, in at least 95 % of the requests', async () => {
  const cell = requestCell('open');
  const catalogue = new Catalogue(SHIPPED_SKILLS, cell);
  const planner = new RulesPlanner();
  const wrong: string[] = [];
  for (const { seed, request, target } of REQUESTS) {
    const { named, objects } = pick.draw({ seed, wordings: 'report', swap: false });
    const things = named.map(({ object, colour, shape }) => {
      const [x, y, z] = objects.find(({ name }) => name === object)!.pose;
      return { name: `${colour} ${shape}`, words: [colour, shape], position: [x, y, z] as const, confidence: 1 };
    });
    const asked: PlanningRequest = {
      id: request,
      kind: 'relation',
      request,
      things,
      utterances: [],
      history: [],
      cell: 'open',
      right: [],
    };
    const { plan } = await planner.plan({ request, context: contextOf(asked, cell.places), catalogue });
    const right =
      plan.kind === 'steps' &&
      plan.steps.length === 1 &&
      plan.steps[0].skill === 'pick' &&
      plan.steps[0].arguments.thing === target;
    if (!right)
      wrong.push(`${request}: ${plan.kind === 'steps' ? JSON.stringify(plan.steps) : Object.values(plan).join(' ')}`);
  }
  expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(10);
});
