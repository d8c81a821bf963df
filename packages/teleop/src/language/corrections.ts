import type { Things } from './things.ts';
import type { ThingKind } from './words.ts';

const STANDS_FOR_IT = new Set(['one', 'thing', 'it', 'part']);

/**
 * The last instruction with the words of a correction in it: each word that says of what kind a thing is replaces those
 * of its kind, so "the blue one" makes "pick up the red cube" into "pick up the blue cube".
 * @param correction words of what is meant instead
 * @returns the correction itself when there is nothing in the last instruction that it could replace
 */
export function corrected(last: string, correction: readonly string[], things: Things): string {
  const said = new Map<ThingKind, string>();
  for (const word of correction) {
    const kind = things.kindOf(word);
    if (kind && !STANDS_FOR_IT.has(word)) said.set(kind, word);
  }
  let replaced = false;
  const words = last.split(' ').map((word) => {
    const kind = things.kindOf(word);
    const instead = kind && !STANDS_FOR_IT.has(word) ? said.get(kind) : undefined;
    if (instead === undefined) return word;
    replaced = true;
    return instead;
  });
  return (replaced ? words : correction).join(' ');
}
