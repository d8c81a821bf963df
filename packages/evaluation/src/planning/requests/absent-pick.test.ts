import { Catalogue, RulesPlanner, SHIPPED_SKILLS } from '@praxis/planner';
import { FAR_KINDS, pick } from '@praxis/sim';
import { expect, it } from 'vitest';
import { absentPickRequests } from './absent-pick.ts';
import { contextOf } from './request.ts';
import { requestCell } from './scenes.ts';

it('asks for a thing that the scene does not have, and the rules plan no step for it', async () => {
  const requests = absentPickRequests(2_000_200, 60);
  expect(new Set(requests.map(({ kind }) => kind))).toEqual(new Set(FAR_KINDS));
  const cell = requestCell('open');
  const catalogue = new Catalogue(SHIPPED_SKILLS, cell);
  for (const { seed, request } of requests) {
    const { named, objects } = pick.draw({ seed, wordings: 'report', swap: false });
    const things = named.map(({ object, colour, shape }) => {
      const [x, y, z] = objects.find(({ name }) => name === object)!.pose;
      return { name: `${colour} ${shape}`, words: [colour, shape], position: [x, y, z] as const, confidence: 1 };
    });
    const asked = { ...{ id: request, request, things }, utterances: [], history: [], right: [] };
    const context = contextOf({ ...asked, kind: 'impossible', cell: 'open' }, cell.places);
    const { plan } = await new RulesPlanner().plan({ request, context, catalogue });
    expect(plan.kind, request).not.toBe('steps');
  }
});
