import type { Catalogue } from '../skills/catalogue.ts';
import { argumentsSchemaOf, type JsonSchema } from './plan-schema.ts';

/** The catalogue in words, one skill a line: `pick {thing: text}: Take a thing ...`, with the bounds of the arguments. */
export const catalogueInWords = (catalogue: Catalogue): string =>
  catalogue.skills
    .map((skill) => `- ${skill.name} ${typeInWords(argumentsSchemaOf(skill))}: ${skill.description}`)
    .join('\n');

/** The skills with the names of their arguments: `pick {thing}, move {direction, distance}`. */
export const signaturesOf = ({ skills }: Catalogue): string =>
  skills
    .map((skill) => {
      const { properties } = argumentsSchemaOf(skill);
      return `${skill.name} {${Object.keys((properties ?? {}) as object).join(', ')}}`;
    })
    .join(', ');

/** A JSON schema in words: `{distance: number 0.01 to 0.3, direction: left | right, width?: number}`. */
function typeInWords(schema: JsonSchema): string {
  const { type, enum: values, const: constant, anyOf, oneOf, items, properties } = schema;
  if (constant !== undefined) return String(constant);
  if (Array.isArray(values)) return values.join(' | ');
  const choices = (anyOf ?? oneOf) as readonly JsonSchema[] | undefined;
  if (choices) return choices.map(typeInWords).join(' or ');
  if (type === 'array') return `[${typeInWords((items ?? {}) as JsonSchema)}, ...]`;
  if (type === 'object') {
    const required = (schema.required ?? []) as readonly string[];
    const entries = Object.entries((properties ?? {}) as Readonly<Record<string, JsonSchema>>);
    return `{${entries.map(([name, each]) => `${name}${required.includes(name) ? '' : '?'}: ${typeInWords(each)}`).join(', ')}}`;
  }
  if (type === 'number' || type === 'integer') return `${String(type)}${boundsInWords(schema)}`;
  return type === 'string' ? 'text' : String(type ?? 'value');
}

function boundsInWords({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string {
  const low = minimum ?? exclusiveMinimum;
  const high = maximum ?? exclusiveMaximum;
  if (low !== undefined && high !== undefined) return ` ${String(low)} to ${String(high)}`;
  if (low !== undefined) return ` from ${String(low)}`;
  return high === undefined ? '' : ` up to ${String(high)}`;
}
