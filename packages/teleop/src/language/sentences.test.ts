import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Intent } from './intent.ts';
import { Language } from './language.ts';

/** A meaning in the file of sentences; a number that it lacks does not matter. */
interface Meaning {
  readonly kind: Intent['kind'] | 'nothing';
  readonly axis?: string;
  readonly metres?: number;
  readonly radians?: number;
  readonly width_m?: number;
  readonly action?: string;
  readonly factor?: number;
}

/** A sentence of somebody who had not seen the table. `or` is a second right meaning: a sentence may also be refused. */
interface Sentence {
  readonly text: string;
  readonly about: string;
  readonly means: Meaning;
  readonly or?: Meaning;
}

const sentences = JSON.parse(
  readFileSync(new URL('testing/sentences.json', import.meta.url), 'utf8'),
) as readonly Sentence[];

/** Intents that move nothing. */
const STILL: readonly Intent['kind'][] = ['unknown', 'hold', 'stop', 'ask'];

function agrees(intent: Intent, { kind, ...values }: Meaning): boolean {
  if (kind === 'nothing') return STILL.includes(intent.kind);
  const found = new Map<string, unknown>(Object.entries(intent));
  return (
    intent.kind === kind &&
    Object.entries(values).every(([name, value]) => {
      const other = found.get(name);
      return typeof value === 'number' ? Math.abs(Number(other) - value) < 1e-6 : other === value;
    })
  );
}

const policy = new Language({
  words: [
    '<pad>',
    '<unk>',
    ...'pick up the a red green blue yellow purple cube cylinder brick tray left right on put'.split(' '),
  ],
  instructions: [],
});

describe.each([
  ['the table alone', new Language()],
  ['the words of a policy', policy],
])('sentences written without a look at the table, with %s', (_, language) => {
  it.each(sentences.map((each) => [each.text, each] as const))('"%s"', (text, { means, or }) => {
    const intent = language.interpret(text);
    expect(
      agrees(intent, means) || (or !== undefined && agrees(intent, or)),
      JSON.stringify({ means, or, intent }),
    ).toBe(true);
  });
});
