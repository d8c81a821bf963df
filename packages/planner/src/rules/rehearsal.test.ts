import { expect, it } from 'vitest';
import { Catalogue } from '../skills/catalogue.ts';
import { SHIPPED_SKILLS } from '../skills/shipped/index.ts';
import { seen, testCell, testContext } from '../testing/scene.ts';
import { REHEARSED_REQUESTS, rehearsalContext } from './rehearsal.ts';
import { RulesPlanner } from './rules-planner.ts';

const catalogue = new Catalogue(SHIPPED_SKILLS, testCell());

it('rehearses requests that become checked steps, so that every part of the planning has run', async () => {
  const context = rehearsalContext(catalogue.cell);
  for (const request of REHEARSED_REQUESTS) {
    const { plan } = await new RulesPlanner().plan({ request, context, catalogue });
    expect(plan, request).toMatchObject({ kind: 'steps' });
  }
});

it('leaves no trace of the rehearsal in later plans', async () => {
  const prepared = new RulesPlanner();
  await prepared.prepare(catalogue);
  const context = testContext([seen('green cylinder', 0.5, 0.1)]);
  for (const request of ['take it', 'pick up the red cube', 'take the green cylinder']) {
    const { plan } = await prepared.plan({ request, context, catalogue });
    expect(plan).toEqual((await new RulesPlanner().plan({ request, context, catalogue })).plan);
  }
});
