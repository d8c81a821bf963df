import { STOP_WORDS } from '@praxis/core';
import type { Extension } from '@praxis/policy';
import { isFiller } from './normalise.ts';
import { type Rule, synonyms } from './rules.ts';
import { JOINING, KINDS, type ThingKind, thingWords } from './words.ts';

/** The words for things, of the table and of a policy. */
export class Things {
  /** Words that the policy knows and the table does not; they may stand where an attribute or a thing does. */
  readonly own: readonly string[];
  readonly #kinds = new Map<string, ThingKind>();
  readonly #tasks = new Set(thingWords.task);

  constructor({ words }: Extension) {
    for (const kind of KINDS) for (const word of thingWords[kind]) this.#kinds.set(word, kind);
    const stops: readonly string[] = STOP_WORDS;
    const known = (word: string) =>
      this.#kinds.has(word) || this.#tasks.has(word) || JOINING.has(word) || thingWords.manner.includes(word);
    // `<pad>` and the like are no words, and a word that stops the robot names nothing.
    this.own = [...new Set(words)].filter(
      (word) => /^[a-z]{2,}$/.test(word) && !stops.includes(word) && !isFiller(word) && !known(word),
    );
  }

  kindOf(word: string): ThingKind | undefined {
    return this.#kinds.get(word);
  }

  isTask(word: string): boolean {
    return this.#tasks.has(word);
  }

  /** A word that says what is meant: not a verb, not one that joins, not a direction. */
  names(word: string): boolean {
    const kind = this.#kinds.get(word);
    return (kind !== undefined && kind !== 'side' && word !== 'it' && word !== 'one') || this.own.includes(word);
  }

  /** A word that an instruction is made of. */
  knows(word: string): boolean {
    return (
      this.#kinds.has(word) ||
      this.isTask(word) ||
      JOINING.has(word) ||
      thingWords.manner.includes(word) ||
      this.own.includes(word)
    );
  }

  rules(): readonly Rule[] {
    const words = (kinds: readonly ThingKind[]) => kinds.flatMap((kind) => thingWords[kind]);
    const plain = (name: string, says: string, all: readonly string[]) =>
      synonyms(name, says, Object.fromEntries(all.map((word) => [word, [word]])));
    return [
      plain('attribute', 'what tells things apart', [...words(['color', 'weight', 'side', 'size']), ...this.own]),
      plain('color', 'a colour', words(['color'])),
      plain('quality', 'what tells things apart and stands before a colour', [
        ...words(['weight', 'side', 'size']),
        ...this.own,
      ]),
      plain('tells', 'what tells things apart and is no direction', [
        ...words(['color', 'weight', 'size']),
        ...this.own,
      ]),
      plain('object', 'a thing', [...thingWords.object.filter((word) => word !== 'it'), ...this.own]),
      plain('container', 'where things go', thingWords.container),
      plain('side', 'a side', ['left', 'right']),
      plain('place', 'a verb of putting', [
        'put',
        'place',
        'set',
        'lay',
        'bring',
        'carry',
        'move',
        'insert',
        'deliver',
      ]),
      plain('get', 'a verb of taking', [
        ...['pick up', 'pick', 'grab', 'lift', 'lift up', 'take', 'raise', 'get', 'fetch', 'find', 'grasp'],
        ...['take hold of', 'get hold of', 'give me', 'get me', 'bring me'],
        ...['press', 'push', 'pull', 'open', 'wipe', 'touch'],
      ]),
      plain('how', 'how hard a task is done', thingWords.manner),
      {
        name: 'thing',
        says: 'a thing, by what tells it apart',
        forms: ['the [<quality>] [<color>] (<object> | <container>)', 'the <object> (that | which) is <attribute>'].map(
          (pattern) => ({ pattern, value: () => 'thing' }),
        ),
      },
      {
        name: 'goal',
        says: 'a place',
        forms: ['the [<attribute>] <container>', 'the <container> (on | to) the <side>', 'the <side>'].map(
          (pattern) => ({ pattern, value: () => 'goal' }),
        ),
      },
    ];
  }
}

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
