import { PolicyError, SPOTTED_WORDS, STOP_WORDS } from '@praxis/core';
import type { OnnxBackend, OnnxSession, OnnxTensor } from '@praxis/policy';
import { type Embedded, SpeechEmbedding, WIDTH } from '../embedding/speech-embedding.ts';
import type { StopEvent, StopSpotter } from '../recognition/stop-event.ts';
import { WordLabels } from '../rescoring/word-labels.ts';
import { SecondOpinion, SILENCE } from './second-opinion.ts';

/** Bytes of the two graphs in `weights/stop-words`, and of that in `weights/words` with its words. */
export interface StopGraphs {
  readonly embedding: Uint8Array;
  readonly head: Uint8Array;
  readonly labels: Uint8Array;
  readonly words: readonly string[];
}

/** Probabilities, 0..1. */
export interface StopThresholds {
  /** A stop at once: of the head and the second opinion together. */
  readonly sure: number;
  /** A stop when nobody goes on speaking after it: likewise. */
  readonly likely: number;
  /** A stop unless what was said turns out to be something else: of the head alone. */
  readonly suspected: number;
}

export const DEFAULT_THRESHOLDS: StopThresholds = { sure: 0.96, likely: 0.85, suspected: 0.3 };

/** The most certain first. */
const CERTAINTIES = ['sure', 'likely', 'suspected'] as const;
/** The same word is not found again so soon (s). */
const AGAIN = 0.7;
/** A word ends about so long before the step that finds it (s). */
const LATE = 0.1;
/** Where the second opinion is neither for nor against, and what it can be at least and at most: chosen with voices left out of both networks. */
const NEUTRAL = 0.1;
const LEAST = 0.02;
const MOST = 0.9;

const logOdds = (probability: number): number => Math.log(probability / (1 - probability));
const probabilityOf = (odds: number): number => 1 / (1 + Math.exp(-odds));
/** What an opinion adds to the log odds of the head. */
const weightOf = (opinion: number): number => logOdds(Math.min(Math.max(opinion, LEAST), MOST)) - logOdds(NEUTRAL);

/**
 * Stop words in a row of speech embeddings, by a network that was taught with synthetic voices (`training/voice/stopwords`): a few
 * ms of work each 80 ms, in Node and in a browser. Where that is not certain the network of the words of commands is asked as well.
 */
export class StopNetwork implements StopSpotter {
  readonly #embedding: SpeechEmbedding;
  readonly #head: OnnxSession;
  readonly #opinion: SecondOpinion;
  readonly #thresholds: StopThresholds;
  /** The last embeddings, the newest at the end. */
  readonly #row: Float32Array;
  readonly #input: OnnxTensor;
  readonly #steps: number;
  #empty = true;
  /** When each was found last. */
  readonly #found = {
    sure: Number.NEGATIVE_INFINITY,
    likely: Number.NEGATIVE_INFINITY,
    suspected: Number.NEGATIVE_INFINITY,
  };
  #turn: Promise<unknown> = Promise.resolve();
  #end: (reason: string) => void = () => {};
  #closed = false;
  readonly gone = new Promise<string>((resolve) => (this.#end = resolve));

  private constructor(
    backend: OnnxBackend,
    embedding: SpeechEmbedding,
    head: OnnxSession,
    opinion: SecondOpinion,
    steps: number,
    thresholds: StopThresholds,
  ) {
    this.#embedding = embedding;
    this.#head = head;
    this.#opinion = opinion;
    this.#steps = steps;
    this.#thresholds = thresholds;
    this.#row = new Float32Array(steps * WIDTH);
    this.#input = backend.tensor(this.#row, [1, steps, WIDTH]);
  }

  /** @throws {PolicyError} when a graph is none of its kind */
  static async load(
    backend: OnnxBackend,
    graphs: StopGraphs,
    thresholds: StopThresholds = DEFAULT_THRESHOLDS,
  ): Promise<StopNetwork> {
    const embedding = await SpeechEmbedding.load(backend, graphs.embedding);
    const head = await backend.create(graphs.head);
    const [, steps, width] = head.inputs[0].shape;
    const words = head.outputs[0].shape.at(-1);
    if (typeof steps !== 'number' || width !== WIDTH || words !== STOP_WORDS.length) {
      throw new PolicyError(
        `stop words: the head takes [${head.inputs[0].shape}] and gives [${head.outputs[0].shape}], ` +
          `expected [1,steps,${WIDTH}] and [1,${STOP_WORDS.length}]`,
      );
    }
    const opinion = new SecondOpinion(await WordLabels.load(backend, graphs.labels, graphs.words));
    return new StopNetwork(backend, embedding, head, opinion, steps, thresholds);
  }

  push(samples: Float32Array): Promise<readonly StopEvent[]> {
    if (this.#closed) return Promise.reject(new PolicyError('stop words: closed'));
    const turn = this.#turn.then(() => this.#hear(samples));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#turn;
    await Promise.all([this.#embedding.close(), this.#head.release(), this.#opinion.close()]);
    this.#end('ended: closed');
  }

  async #hear(samples: Float32Array): Promise<readonly StopEvent[]> {
    const found: StopEvent[] = [];
    // One at a time: the second opinion is of what was heard until then.
    for (let at = 0; at < samples.length; ) {
      const piece = samples.subarray(at, at + this.#embedding.missing);
      at += piece.length;
      for (const embedded of await this.#embedding.push(piece)) {
        const word = await this.#look(embedded);
        if (word) found.push(word);
      }
    }
    return found;
  }

  async #look({ values, end }: Embedded): Promise<StopEvent | undefined> {
    this.#row.copyWithin(0, WIDTH);
    this.#row.set(values, this.#row.length - WIDTH);
    // As if what was heard first had been heard before.
    if (this.#empty) for (let step = 0; step < this.#steps; step++) this.#row.set(values, step * WIDTH);
    this.#empty = false;
    this.#opinion.remember(values);
    const out = await this.#head.run({ [this.#head.inputs[0].name]: this.#input });
    const probabilities = out[this.#head.outputs[0].name].data as Float32Array;
    // The head knows all stop words; those that are spotted come first.
    const spotted = probabilities.subarray(0, SPOTTED_WORDS.length);
    const best = spotted.reduce((most, each, i) => (each > spotted[most] ? i : most), 0);
    const certainty = this.#unlessAgain(await this.#certainty(spotted[best]), end);
    return certainty && { word: SPOTTED_WORDS[best], end: end - LATE, detected: end, by: 'stop words', certainty };
  }

  async #certainty(probability: number): Promise<StopEvent['certainty'] | undefined> {
    const { sure, likely, suspected } = this.#thresholds;
    if (probability < Math.min(sure, suspected)) return undefined;
    const odds = logOdds(probability);
    // Nobody has to be asked what cannot change anything.
    if (probabilityOf(odds + weightOf(0)) >= sure) return 'sure';
    const opinion = await this.#opinion.ofStop(await this.#embedding.beforeSilence(SILENCE));
    const together = probabilityOf(odds + weightOf(opinion));
    if (together >= sure) return 'sure';
    if (together >= likely) return 'likely';
    return probability >= suspected ? 'suspected' : undefined;
  }

  /** The same word is not found again, unless it is more certain now. */
  #unlessAgain(certainty: StopEvent['certainty'] | undefined, now: number): StopEvent['certainty'] | undefined {
    if (!certainty) return undefined;
    const last = Math.max(...CERTAINTIES.slice(0, CERTAINTIES.indexOf(certainty) + 1).map((each) => this.#found[each]));
    this.#found[certainty] = now;
    return now - last > AGAIN ? certainty : undefined;
  }
}
