import type { JsonSchema } from '../../models/plan-schema.ts';

/** Largest number of letters of a text that a grammar allows, whatever the schema says: a grammar has a rule for each. */
const MAX_TEXT_LENGTH = 160;
const INTEGER = '("0" | [1-9] [0-9]{0,5})';
const NUMBER = `${INTEGER} ("." [0-9]{1,4})?`;

/**
 * A grammar of llama.cpp (GBNF, https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md) for the values of a JSON schema, written without any
 * white space: a small model otherwise spends most of its tokens on indentation. The properties of an object stand in the order of the schema; texts
 * have no quotes, backslashes and line ends in them. Bounds of numbers are left to `checkPlan`.
 * @throws {TypeError} for a schema that it does not know
 */
export function grammarOf(schema: JsonSchema): string {
  const rules = new Map<string, string>();
  const rule = (body: string): string => {
    const known = rules.get(body) ?? `r${rules.size}`;
    rules.set(body, known);
    return known;
  };
  const root = bodyOf(schema, rule);
  const lines = [...rules].map(([body, name]) => `${name} ::= ${body}`);
  return [`root ::= ${root}`, ...lines].join('\n');
}

type MakeRule = (body: string) => string;

function bodyOf(schema: JsonSchema, rule: MakeRule): string {
  const choices = (schema.anyOf ?? schema.oneOf) as readonly JsonSchema[] | undefined;
  if (choices) return rule(choices.map((choice) => bodyOf(choice, rule)).join(' | '));
  const { type, const: constant, enum: values } = schema;
  if (constant !== undefined) return literal(constant);
  if (Array.isArray(values)) return rule(values.map(literal).join(' | '));
  switch (type) {
    case 'object':
      return objectOf(schema, rule);
    case 'array':
      return arrayOf(schema, rule);
    case 'string': {
      const { minLength = 0, maxLength = MAX_TEXT_LENGTH } = schema as { minLength?: number; maxLength?: number };
      const letter = rule('[^"\\\\\\x7F\\x00-\\x1F]');
      return rule(`"\\"" ${letter}{${minLength},${Math.min(maxLength, MAX_TEXT_LENGTH)}} "\\""`);
    }
    case 'number':
    case 'integer': {
      const { minimum, exclusiveMinimum } = schema as { minimum?: number; exclusiveMinimum?: number };
      const isPositive = (minimum ?? exclusiveMinimum ?? -1) >= 0;
      return rule(`${isPositive ? '' : '"-"? '}${type === 'integer' ? INTEGER : NUMBER}`);
    }
    case 'boolean':
      return rule('"true" | "false"');
    default:
      throw new TypeError(`a schema of type ${String(type)} has no grammar`);
  }
}

const literal = (value: unknown): string => JSON.stringify(JSON.stringify(value));

function objectOf(schema: JsonSchema, rule: MakeRule): string {
  const { properties = {}, required = [] } = schema as {
    properties?: Readonly<Record<string, JsonSchema>>;
    required?: readonly string[];
  };
  const entries = Object.entries(properties).map(([name, value]) => ({
    text: `${literal(name)} ":" ${bodyOf(value, rule)}`,
    isRequired: required.includes(name),
  }));
  /** The properties from one on, when one stands before them. */
  const others = (from: number): string =>
    entries
      .slice(from)
      .map(({ text, isRequired }) => (isRequired ? `"," ${text}` : `("," ${text})?`))
      .join(' ');
  const firsts: string[] = [];
  const firstRequired = entries.findIndex(({ isRequired }) => isRequired);
  const last = firstRequired < 0 ? entries.length - 1 : firstRequired;
  for (let i = 0; i <= last; i++) firsts.push(`${entries[i].text} ${others(i + 1)}`.trim());
  const isEmpty = firstRequired < 0;
  const inside = firsts.length === 0 ? '' : ` (${firsts.join(' | ')})${isEmpty ? '?' : ''}`;
  return rule(`"{"${inside} "}"`);
}

function arrayOf(schema: JsonSchema, rule: MakeRule): string {
  const { items = {}, minItems = 0, maxItems } = schema as { items?: JsonSchema; minItems?: number; maxItems?: number };
  const item = bodyOf(items, rule);
  const more = `("," ${item}){${Math.max(0, minItems - 1)},${maxItems === undefined ? '' : maxItems - 1}}`;
  return rule(minItems > 0 ? `"[" ${item} ${more} "]"` : `"[" (${item} ${more})? "]"`);
}
