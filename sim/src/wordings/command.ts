import type { Random } from '@praxis/core';
import { COLOUR_SYNONYMS } from './colours.ts';
import { COMMAND_PATTERNS, type CommandKind } from './command-patterns.ts';
import { type PatternSet, patternSetOf, type WordingKind } from './kinds.ts';
import { fillPatterns, type WordingSet } from './wordings.ts';

/** A command in parts: `put`, `the peg`, `into the red socket`. */
export interface Command {
  readonly verb: string;
  readonly object: string;
  /** Where to, or how; empty where a command has no such part. */
  readonly rest: string;
  /** What tells its goal from the others of the scene: `the red socket`. */
  readonly named: string;
}

/** Other words for the words of a task's commands. Those for colours are everybody's. */
export type Synonyms = Readonly<Record<PatternSet, Readonly<Record<string, readonly string[]>>>>;

const textOf = ({ verb, object, rest }: Command): string => `${verb} ${object} ${rest}`.trim();

const isCommandKind = (kind: WordingKind): kind is CommandKind => Object.hasOwn(COMMAND_PATTERNS.report, kind);

/**
 * Draws a sentence of a kind that gives a command.
 * @param right what it asks for
 * @param wrong command for another goal of the same scene, which a negation or a contrast rules out
 * @param set the set of the episode's seed: reports have wordings of their own
 * @returns undefined for a kind that commands have no sentence for
 */
export function commandWording(
  kind: WordingKind,
  { right, wrong, synonyms }: { readonly right: Command; readonly wrong: Command; readonly synonyms: Synonyms },
  set: WordingSet,
  random: Random,
): string | undefined {
  const patterns = patternSetOf(set);
  if (kind === 'synonym') return withSynonym(textOf(right), synonyms[patterns], COLOUR_SYNONYMS[patterns], random);
  if (!isCommandKind(kind)) return undefined;
  const { verb, object, rest } = right;
  const slots = {
    ...{ verb, object, rest, command: textOf(right) },
    ...{ wrong: wrong.named, wrongCommand: textOf(wrong) },
  };
  const [text] = fillPatterns([random.pick(COMMAND_PATTERNS[patterns][kind])], slots);
  // A command without a rest leaves a gap.
  return text.replace(/ +(?=[.,?!;]|$)/g, '').replace(/ {2,}/g, ' ');
}

/** Replaces one of the words that have other ones. */
function withSynonym(
  text: string,
  own: Readonly<Record<string, readonly string[]>>,
  colours: Readonly<Record<string, readonly string[]>>,
  random: Random,
): string | undefined {
  const words = text.split(' ');
  const others = (word: string): readonly string[] => own[word] ?? colours[word] ?? [];
  const replaceable = words.flatMap((word, i) => (others(word).length > 0 ? [i] : []));
  if (replaceable.length === 0) return undefined;
  const index = random.pick(replaceable);
  return words.with(index, random.pick(others(words[index]))).join(' ');
}
