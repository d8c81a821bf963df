import { InputError, Random } from '@praxis/core';
import { WORDING_KINDS, type WordingKind } from './kinds.ts';
import { withTypingError } from './typing-error.ts';
import { drawWording, fillPatterns, type WordingSet, type Wordings } from './wordings.ts';

/** How far an instruction is from the wordings of the training: another one of the same set (1), or one of another kind (2). */
export type RewordingLevel = 1 | 2;

/** Another wording: its level, and which of several draws it is. Default: the first. */
export interface Rewording {
  readonly level: RewordingLevel;
  readonly draw?: number;
}

/** An instruction, and the kind of its wording where that is not the task's own. */
export interface DrawnInstruction {
  readonly text: string;
  readonly kind?: WordingKind;
}

/** What an instruction is drawn from. */
export interface InstructionOptions {
  /** Seed of the episode. */
  readonly seed: number;
  /** Set of wordings of the seed. */
  readonly set: WordingSet;
  readonly wordings: Wordings;
  readonly slots: Readonly<Record<string, string>>;
  /** Default: a wording of the set, as in the training. */
  readonly rewording?: RewordingLevel | Rewording;
  /** Draws a sentence of a kind for the same goal in this scene; undefined where there is none. */
  readonly ofKind: (kind: WordingKind, random: Random) => string | undefined;
}

/**
 * Draws the instruction of a scene. Another wording (level 1 or 2) comes from numbers of its own, so that it changes nothing else that is drawn.
 * At level 2 each kind that has a sentence for the goal is equally likely; a typing error is one in the instruction of the seed.
 * @param random source of the task's own draws, from which every level takes as much
 * @throws {InputError} for a goal without another wording
 */
export function drawInstruction(
  random: Random,
  { seed, set, wordings, slots, rewording, ofKind }: InstructionOptions,
): DrawnInstruction {
  const usual = drawWording(random, wordings, set, slots);
  if (rewording === undefined) return { text: usual };
  const { level, draw = 0 } = typeof rewording === 'number' ? { level: rewording } : rewording;
  const own = new Random(seed, draw === 0 ? 'another wording' : `another wording ${draw}`);
  const others: DrawnInstruction[] =
    level === 1
      ? fillPatterns(wordings[set], slots).map((text) => ({ text }))
      : WORDING_KINDS.flatMap((kind) => {
          if (kind === 'plain') return [];
          const text = kind === 'typing error' ? withTypingError(usual, own) : ofKind(kind, own);
          return text === undefined ? [] : [{ text, kind }];
        });
  const different = others.filter(({ text }) => text !== usual);
  if (different.length === 0) throw new InputError(`instruction "${usual}": its goal has no other wording`);
  return own.pick(different);
}
