import type { JsonSchema } from '../../models/plan-schema.ts';

/** Largest number of optional properties that an object has at once: every choice of them is an alternative of the grammar. */
const MAX_OPTIONAL = 2;

/** Keys of a schema that a grammar of node-llama-cpp honours; what others bound, `checkPlan` bounds. */
const KEPT: readonly string[] = ['type', 'const', 'enum', 'maxItems', 'minItems'];

/**
 * A JSON schema in the subset that node-llama-cpp makes a grammar of. There every property of an object is required, so that an object with
 * optional ones becomes a choice: without them, with each one, and with each two. Lengths of texts are left out, because a grammar repeats a
 * letter's rule as often.
 */
export function grammarSchemaOf(schema: JsonSchema): JsonSchema {
  const choices = (schema.anyOf ?? schema.oneOf) as readonly JsonSchema[] | undefined;
  if (choices) return { oneOf: choices.map(grammarSchemaOf) };
  const kept = Object.fromEntries(Object.entries(schema).filter(([key]) => KEPT.includes(key)));
  if (schema.type === 'array') return { ...kept, items: grammarSchemaOf((schema.items ?? {}) as JsonSchema) };
  if (schema.type !== 'object') return kept;
  const properties = Object.entries((schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>);
  const required = (schema.required ?? []) as readonly string[];
  const optional = properties.map(([name]) => name).filter((name) => !required.includes(name));
  const variants = subsetsOf(optional).map((chosen) => ({
    type: 'object',
    properties: Object.fromEntries(
      properties
        .filter(([name]) => required.includes(name) || chosen.includes(name))
        .map(([name, value]) => [name, grammarSchemaOf(value)]),
    ),
  }));
  return variants.length === 1 ? variants[0] : { oneOf: variants };
}

/** Every subset with at most {@link MAX_OPTIONAL} names, the smallest first. */
function subsetsOf(names: readonly string[]): readonly (readonly string[])[] {
  const subsets: (readonly string[])[] = [[]];
  for (const name of names) {
    for (const subset of [...subsets]) if (subset.length < MAX_OPTIONAL) subsets.push([...subset, name]);
  }
  return subsets.sort((a, b) => a.length - b.length);
}
