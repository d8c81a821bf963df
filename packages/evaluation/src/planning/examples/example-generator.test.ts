import { Catalogue, checkPlan, plan, SHIPPED_SKILLS } from '@praxis/planner';
import { describe, expect, it } from 'vitest';
import { PLANNING_REQUESTS } from '../requests/index.ts';
import { requestCell } from '../requests/scenes.ts';
import { EXAMPLE_KINDS, generateExamples } from './example-generator.ts';

describe('generated examples', () => {
  const examples = [...generateExamples(600, 3)];

  it('are the same for the same seed and differ for another', () => {
    expect([...generateExamples(40, 3)]).toEqual(examples.slice(0, 40));
    expect([...generateExamples(40, 4)]).not.toEqual(examples.slice(0, 40));
  });

  it('have as many of each kind', () => {
    for (const kind of EXAMPLE_KINDS) expect(examples.filter((each) => each.kind === kind)).toHaveLength(60);
  });

  it('are labelled with plans of the schema, whose things the scene has', () => {
    for (const { plan: label, context } of examples) {
      const checked = plan.parse(label);
      if (checked.kind !== 'steps') continue;
      const names = context.things.map(({ name }) => name);
      for (const { arguments: given } of checked.steps) {
        if (typeof given.thing === 'string') expect(names).toContain(given.thing);
      }
    }
  });

  it('leave no blank of a wording open', () => {
    for (const { request } of examples) expect(request).not.toMatch(/[{}]|undefined/);
  });

  it('are labelled with plans that pass the check', () => {
    const catalogue = new Catalogue(SHIPPED_SKILLS, requestCell('open'));
    for (const { plan: label, context, request } of examples) {
      const verdict = checkPlan(label, catalogue, context);
      expect(verdict.accepted, `${request}: ${JSON.stringify(verdict)}`).toBe(true);
    }
  });

  it('use no sentence of the planning bench', () => {
    const pattern = (text: string) =>
      text
        .toLowerCase()
        .replace(/[^a-z ]/g, '')
        .replace(COLOURS_AND_SHAPES, '_');
    const asked = new Set(PLANNING_REQUESTS.map(({ request }) => pattern(request)));
    for (const { request } of examples) expect(asked).not.toContain(pattern(request));
  });
});

/** Words by which requests differ that are otherwise the same sentence. */
const COLOURS_AND_SHAPES = /\b(red|green|blue|yellow|purple|orange|cube|cylinder|brick|box|left|right)\b/g;
