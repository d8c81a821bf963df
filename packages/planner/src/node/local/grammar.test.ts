import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barePlanSchemaOf, planSchemaOf } from '../../models/plan-schema.ts';
import { catalogue, LIFT, planRequest } from '../../models/testing/request.ts';
import { grammarOf } from './grammar.ts';

/** A grammar without recursion as a regular expression: a name of a rule becomes its body. */
function expressionOf(grammar: string): RegExp {
  const rules = new Map(grammar.split('\n').map((line) => line.split(/ ::= (.*)/s).slice(0, 2) as [string, string]));
  const TOKENS = /"((?:[^"\\]|\\.)*)"|(\[(?:[^\]\\]|\\.)*\])|(\{\d*,?\d*\})|(\w+)|([()|?*+])|\s+/g;
  const inlined = (body: string): string =>
    body.replace(TOKENS, (_all, text?: string, set?: string, count?: string, name?: string, sign?: string) => {
      if (text !== undefined)
        return `(?:${(JSON.parse(`"${text}"`) as string).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')})`;
      if (name !== undefined) return `(?:${inlined(rules.get(name)!)})`;
      return set ?? count ?? (sign === '(' ? '(?:' : (sign ?? ''));
    });
  return new RegExp(`^(?:${inlined(rules.get('root')!)})$`);
}

describe('the grammar of a catalogue', () => {
  const { context } = planRequest();
  const bare = expressionOf(grammarOf(barePlanSchemaOf(catalogue, context)));
  const [{ name: thing }] = context.things;
  const [{ name: place }] = context.places;
  const plan = (...steps: object[]) => ({ kind: 'steps', restatement: 'what I do', steps });

  it('has plans, questions and refusals, with and without the wrapper', () => {
    expect(JSON.stringify(LIFT)).toMatch(bare);
    expect(JSON.stringify({ plan: LIFT })).toMatch(expressionOf(grammarOf(planSchemaOf(catalogue, context))));
    expect('{"kind":"question","question":"which one?"}').toMatch(bare);
    expect('{"kind":"refusal","reason":"there is no such thing"}').toMatch(bare);
  });

  it('has steps with conditions, comparisons and numbers', () => {
    const when = { thing, is: 'heavy', not: true };
    const steps = [
      { skill: 'weigh', arguments: { thing } },
      { skill: 'pick', arguments: { thing: { heaviest: [thing, thing] } }, when: { thing, on: place } },
      { skill: 'place', arguments: { place }, when },
      { skill: 'move', arguments: { direction: 'up', distance: 0.05 } },
      { skill: 'rotate', arguments: { angle: -0.524 } },
      { skill: 'open_gripper', arguments: {} },
      { skill: 'open_gripper', arguments: { width: 0.04 } },
      { skill: 'move_to', arguments: { target: place } },
    ].filter(({ skill }) => catalogue.get(skill));
    expect(steps.length).toBeGreaterThan(3);
    expect(JSON.stringify(plan(...steps))).toMatch(bare);
  });

  it('has no white space, no unknown skill and no name that the context lacks', () => {
    expect(JSON.stringify(LIFT, undefined, 1)).not.toMatch(bare);
    expect(JSON.stringify(LIFT).replace(':', ': ')).not.toMatch(bare);
    for (const [skill, args] of [
      ['self_destruct', {}],
      ['pick', { thing: 'moon' }],
      ['pick', {}],
      ['pick', { thing, more: 1 }],
    ])
      expect(JSON.stringify(plan({ skill, arguments: args }))).not.toMatch(bare);
  });
});

it('optional properties may be left out, the order of the schema stays', () => {
  const a = { type: 'boolean' };
  const schema = { type: 'object', properties: { a, b: a, c: a, d: a }, required: ['b'] };
  const expression = expressionOf(grammarOf(schema));
  fc.assert(
    fc.property(fc.subarray(['a', 'b', 'c', 'd']), (names) => {
      const text = JSON.stringify(Object.fromEntries(names.map((name) => [name, true])));
      expect(expression.test(text)).toBe(names.includes('b'));
    }),
  );
  const none = expressionOf(grammarOf({ type: 'object', properties: { a, b: a } }));
  for (const text of ['{}', '{"a":true}', '{"b":false}', '{"a":true,"b":true}']) expect(text).toMatch(none);
  for (const text of ['{"b":true,"a":true}', '{,}', '{"a":true,}', '{ }']) expect(text).not.toMatch(none);
});

it('lists, texts and numbers keep to their bounds', () => {
  const list = expressionOf(
    grammarOf({ type: 'array', items: { type: 'integer', minimum: 0 }, minItems: 2, maxItems: 3 }),
  );
  for (const text of ['[1,2]', '[0,20,3]']) expect(text).toMatch(list);
  for (const text of ['[]', '[1]', '[1,2,3,4]', '[-1,2]', '[01,2]']) expect(text).not.toMatch(list);
  const text = expressionOf(grammarOf({ type: 'string', minLength: 1, maxLength: 3 }));
  for (const each of ['"a"', '"äöü"']) expect(each).toMatch(text);
  for (const each of ['""', '"abcd"', '"a\\n"', '"\n"']) expect(each).not.toMatch(text);
});
