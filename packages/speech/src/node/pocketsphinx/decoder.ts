import { InputError, stopWordIn } from '@praxis/core';
import { toInt16 } from '../../audio/pcm.ts';
import type { CommandGrammar } from '../../recognition/command-grammar.ts';
import type { Recognition } from '../../recognition/recogniser.ts';
import type { StopEvent } from '../../recognition/stop-event.ts';
import type { LabelRows } from '../../rescoring/ctc.ts';
import { WordFit } from '../../rescoring/word-fit.ts';
import type { PocketSphinxFiles } from './find.ts';
import { fitOf } from './fit.ts';
import { type NativeDecoder, openPocketSphinx } from './library.ts';
import { type Found, isUnclear, verdictOf } from './verdict.ts';

/** An utterance, 16 kHz, and the same before noise was taken off. */
export interface Heard {
  readonly samples: Float32Array;
  readonly plain?: Float32Array;
  /** What its words sound like. */
  readonly rows: LabelRows;
}

/** Words of the table that the dictionary lacks. */
const PRONUNCIATIONS: Readonly<Record<string, string>> = {
  leftmost: 'L EH F T M OW S T',
  rightmost: 'R AY T M OW S T',
  radian: 'R EY D IY AH N',
  radians: 'R EY D IY AH N Z',
  weightier: 'W EY T IY ER',
};

const OPTIONS = [
  // Scores are relative to the best sound that is looked at: of all of them, not of those only that the grammar expects.
  ...['-compallsen', 'yes'],
  // In a babble the right words are not among the best at first: wide beams keep more of them.
  ...['-beam', '1e-56', '-pbeam', '1e-56', '-wbeam', '1e-40'],
  // Narrower where they keep more than this many sounds: a fifth less work, and the same commands.
  ...['-maxhmmpf', '4500'],
];
/** Margin that makes the confidence 0.73. */
const SLOPE = 6;
const FRAMES_PER_SECOND = 100;
const RATE = 16_000;
const BLOCK = 512;
/** Silence on both sides (samples): an utterance that begins at once loses its first word. */
const PADDING = 4_000;

/** What is said of every stop word that the grammar finds. */
const FOUND = { by: 'commands', certainty: 'sure' } as const;

interface Detected {
  readonly word: string;
  readonly at: number;
}

/** @param time of the padded sound (s). @returns seconds of the utterance */
const inUtterance = (time: number, seconds: number): number => Math.min(Math.max(time - PADDING / RATE, 0), seconds);

/**
 * Knows the command grammar only, and finds a command in whatever is said: how much worse that explains the sound than sounds
 * in any order do says whether it was a command at all.
 */
export class CommandDecoder {
  readonly #commands: NativeDecoder;
  readonly #grammar: CommandGrammar;
  readonly #wordFit: WordFit;

  /**
   * @param createGrammar makes the grammar without the words that the dictionary lacks
   * @param labelled words that have a label in the rows of a sound
   * @throws {InputError} when the library refuses the model or the grammar, and on a wake word without a pronunciation
   */
  constructor(
    files: PocketSphinxFiles,
    createGrammar: (isPronounceable: (word: string) => boolean) => CommandGrammar,
    labelled: readonly string[],
  ) {
    this.#wordFit = new WordFit(labelled);
    this.#commands = openPocketSphinx(files)(OPTIONS);
    for (const [word, phones] of Object.entries(PRONUNCIATIONS)) {
      if (!this.#commands.knows(word)) this.#commands.addWord(word, phones);
    }
    this.#grammar = createGrammar((word) => this.#commands.knows(word));
    const strange = this.#grammar.wakeWords.find((word) => !this.#commands.knows(word));
    if (strange) throw new InputError(`wake word "${strange}": the dictionary has no pronunciation of it`);
    this.#commands.useGrammar(this.#grammar.jsgf);
  }

  recognise({ samples, plain, rows }: Heard): Recognition {
    const began = performance.now();
    const seconds = samples.length / RATE;
    const { detected, ...cleaned } = this.#find(samples, rows);
    const final = this.#stops(detected, seconds);
    const uncleaned = plain && isUnclear(cleaned) ? this.#find(plain, rows) : undefined;
    const { text, margin } = verdictOf(
      cleaned,
      uncleaned,
      (a, b) => this.#grammar.meaningOf(a) === this.#grammar.meaningOf(b),
    );
    const accepted = margin >= 0 ? 'yes' : 'no';
    return {
      text,
      confidence: 1 / (1 + Math.exp(-margin / SLOPE)),
      accepted,
      stops: final.length > 0 ? final : this.#passing(detected, accepted, seconds),
      compute: (performance.now() - began) / 1000,
    };
  }

  /**
   * @param rows what its words sound like, noise taken off
   * @returns besides, when a stop word first stood in the best path (s of the padded sound), and which
   */
  #find(samples: Float32Array, rows: LabelRows): Found & { readonly detected: Detected | undefined } {
    const padded = new Int16Array(samples.length + 2 * PADDING);
    for (let i = 0; i < samples.length; i++) padded[PADDING + i] = toInt16(samples[i]);
    let detected: Detected | undefined;
    this.#commands.start();
    for (let at = 0; at < padded.length; at += BLOCK) {
      this.#commands.push(padded.slice(at, at + BLOCK));
      if (detected) continue;
      const word = stopWordIn((this.#commands.text() ?? '').split(' '));
      if (word) detected = { word, at: Math.min(at + BLOCK, padded.length) / RATE };
    }
    this.#commands.end();
    const words = this.#commands.words().map(({ word, first, frame, score }) => ({ word, first, last: frame, score }));
    const text = this.#commands.text() ?? '';
    return { text, fit: fitOf(words), wording: this.#wordFit.of(text, rows), detected };
  }

  /** A stop word that only stood in an earlier path counts where no command was understood: a false stop is safe. */
  #passing(first: Detected | undefined, accepted: 'yes' | 'no', seconds: number): readonly StopEvent[] {
    if (!first || accepted === 'yes') return [];
    const detected = inUtterance(first.at, seconds);
    return [{ word: first.word, end: detected, detected, ...FOUND }];
  }

  /** Stop words of the final path. */
  #stops(first: Detected | undefined, seconds: number): readonly StopEvent[] {
    const final = this.#commands
      .words()
      .filter(({ word }) => stopWordIn([word]))
      .map(({ word, frame }) => ({
        word,
        end: inUtterance((frame + 1) / FRAMES_PER_SECOND, seconds),
        detected: seconds,
        ...FOUND,
      }));
    const detected = inUtterance(first?.at ?? Number.POSITIVE_INFINITY, seconds);
    return final.map((stop, i) => (i === 0 ? { ...stop, detected } : stop));
  }

  close(): void {
    this.#commands.free();
  }
}
