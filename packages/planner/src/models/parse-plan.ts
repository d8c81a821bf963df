import { jsonText } from '@praxis/core';
import { PlannerError } from '../planners/planner-error.ts';

/** Thoughts of models that write them into their answer. */
const THOUGHTS = /<think>[\s\S]*?(<\/think>|$)/g;
/** A fenced block of Markdown. */
const FENCE = /```[a-z]*\s*\n([\s\S]*?)```/gi;

/**
 * The plan in a model's answer, unchecked: the whole answer is JSON, or a fenced block in it, or its first balanced object.
 * @param source name of the planner, for the message
 * @throws {PlannerError} in one line when there is no complete JSON object
 */
export function planFromText(text: string, source: string): unknown {
  const answer = text.replace(THOUGHTS, '').trim();
  if (answer === '') throw new PlannerError(`${source}: the answer is empty, expected a plan as JSON`);
  const object = firstObject(answer);
  const candidates = [answer, ...[...answer.matchAll(FENCE)].map(([, block]) => block), ...(object ? [object] : [])];
  for (const candidate of candidates) {
    const value = parsed(candidate);
    if (typeof value === 'object' && value !== null) return planIn(value);
  }
  const start = jsonText(answer, 80);
  throw new PlannerError(
    answer.includes('{') && object === undefined
      ? `${source}: the answer ends in the middle of its JSON: ${start}`
      : `${source}: the answer is ${start}, expected a plan as JSON`,
  );
}

/** The plan inside the object `{ plan }` of an answer, or the value itself. */
export const planIn = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 1 && 'plan' in value
    ? value.plan
    : value;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text from the first brace to the one that closes it; undefined when none does. */
function firstObject(text: string): string | undefined {
  const start = text.indexOf('{');
  if (start < 0) return undefined;
  let depth = 0;
  let inString = false;
  for (let i = start; i < text.length; i++) {
    const character = text[i];
    if (inString) {
      if (character === '\\') i++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return text.slice(start, i + 1);
  }
  return undefined;
}
