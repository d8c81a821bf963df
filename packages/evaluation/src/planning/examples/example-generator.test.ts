import { plan } from '@praxis/planner';
import { describe, expect, it } from 'vitest';
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
});
