import { PolicyError, SPOTTED_STOP_WORDS, STOP_WORDS } from '@praxis/core';
import type { OnnxBackend, OnnxSession, OnnxTensor } from '@praxis/policy';
import { EMBEDDING_SIZE, SpeechEmbedder, type TimedEmbedding } from '../embedding/speech-embedder.ts';
import type { StopEvent, StopSpotter } from '../recognition/stop-event.ts';
import { WordLabeller } from '../rescoring/word-labeller.ts';
import { SILENCE_STEPS, StopVerifier } from './stop-verifier.ts';

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
  readonly high: number;
  /** A stop when nobody goes on speaking after it: likewise. */
  readonly medium: number;
  /** A stop unless what was said turns out to be something else: of the head alone. */
  readonly low: number;
}

export const DEFAULT_STOP_THRESHOLDS: StopThresholds = { high: 0.96, medium: 0.85, low: 0.3 };

/** The most certain first. */
const CONFIDENCE_LEVELS = ['high', 'medium', 'low'] as const;
/** The same word is not found again so soon (s). */
const REPEAT_WINDOW_S = 0.7;
/** A word ends about so long before the step that finds it (s). */
const DETECTION_DELAY_S = 0.1;
/** Where the second opinion is neither for nor against, and what it can be at least and at most: chosen with voices left out of both networks. */
const NEUTRAL_PROBABILITY = 0.1;
const MIN_PROBABILITY = 0.02;
const MAX_PROBABILITY = 0.9;

const logOdds = (probability: number): number => Math.log(probability / (1 - probability));
const probabilityOf = (odds: number): number => 1 / (1 + Math.exp(-odds));
/** What an opinion adds to the log odds of the head. */
const verifierLogOdds = (verifier: number): number =>
  logOdds(Math.min(Math.max(verifier, MIN_PROBABILITY), MAX_PROBABILITY)) - logOdds(NEUTRAL_PROBABILITY);

/**
 * Stop words in a row of speech embeddings, by a network that was taught with synthetic voices (`training/voice/stopwords`): a few
 * ms of work each 80 ms, in Node and in a browser. Where that is not certain the network of the words of commands is asked as well.
 */
export class StopNetwork implements StopSpotter {
  readonly #embedder: SpeechEmbedder;
  readonly #head: OnnxSession;
  readonly #verifier: StopVerifier;
  readonly #thresholds: StopThresholds;
  /** The last embeddings, the newest at the end. */
  readonly #window: Float32Array;
  readonly #input: OnnxTensor;
  readonly #steps: number;
  #isFirstStep = true;
  /** When each was found last. */
  readonly #lastDetection = {
    high: Number.NEGATIVE_INFINITY,
    medium: Number.NEGATIVE_INFINITY,
    low: Number.NEGATIVE_INFINITY,
  };
  #lastCall: Promise<unknown> = Promise.resolve();
  #resolveExit: (reason: string) => void = () => {};
  #closed = false;
  readonly exited = new Promise<string>((resolve) => (this.#resolveExit = resolve));

  private constructor(
    backend: OnnxBackend,
    embedder: SpeechEmbedder,
    head: OnnxSession,
    verifier: StopVerifier,
    steps: number,
    thresholds: StopThresholds,
  ) {
    this.#embedder = embedder;
    this.#head = head;
    this.#verifier = verifier;
    this.#steps = steps;
    this.#thresholds = thresholds;
    this.#window = new Float32Array(steps * EMBEDDING_SIZE);
    this.#input = backend.tensor(this.#window, [1, steps, EMBEDDING_SIZE]);
  }

  /** @throws {PolicyError} when a graph is none of its kind */
  static async load(
    backend: OnnxBackend,
    graphs: StopGraphs,
    thresholds: StopThresholds = DEFAULT_STOP_THRESHOLDS,
  ): Promise<StopNetwork> {
    const embedder = await SpeechEmbedder.load(backend, graphs.embedding);
    const head = await backend.create(graphs.head);
    const [, steps, width] = head.inputs[0].shape;
    const words = head.outputs[0].shape.at(-1);
    if (typeof steps !== 'number' || width !== EMBEDDING_SIZE || words !== STOP_WORDS.length) {
      throw new PolicyError(
        `stop words: the head takes [${head.inputs[0].shape}] and gives [${head.outputs[0].shape}], ` +
          `expected [1,steps,${EMBEDDING_SIZE}] and [1,${STOP_WORDS.length}]`,
      );
    }
    const verifier = new StopVerifier(await WordLabeller.load(backend, graphs.labels, graphs.words));
    return new StopNetwork(backend, embedder, head, verifier, steps, thresholds);
  }

  detect(samples: Float32Array): Promise<readonly StopEvent[]> {
    if (this.#closed) return Promise.reject(new PolicyError('stop words: closed'));
    const pending = this.#lastCall.then(() => this.#detectIn(samples));
    this.#lastCall = pending.catch(() => {});
    return pending;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#lastCall;
    await Promise.all([this.#embedder.close(), this.#head.release(), this.#verifier.close()]);
    this.#resolveExit('ended: closed');
  }

  async #detectIn(samples: Float32Array): Promise<readonly StopEvent[]> {
    const detections: StopEvent[] = [];
    // One at a time: the second opinion is of what was heard until then.
    for (let at = 0; at < samples.length; ) {
      const block = samples.subarray(at, at + this.#embedder.samplesToNextHop);
      at += block.length;
      for (const embedded of await this.#embedder.embed(block)) {
        const word = await this.#scoreStep(embedded);
        if (word) detections.push(word);
      }
    }
    return detections;
  }

  async #scoreStep({ values, end }: TimedEmbedding): Promise<StopEvent | undefined> {
    this.#window.copyWithin(0, EMBEDDING_SIZE);
    this.#window.set(values, this.#window.length - EMBEDDING_SIZE);
    // As if what was heard first had been heard before.
    if (this.#isFirstStep)
      for (let step = 0; step < this.#steps; step++) this.#window.set(values, step * EMBEDDING_SIZE);
    this.#isFirstStep = false;
    this.#verifier.appendEmbedding(values);
    const out = await this.#head.run({ [this.#head.inputs[0].name]: this.#input });
    const probabilities = out[this.#head.outputs[0].name].data as Float32Array;
    // The head knows all stop words; those that are spotted come first.
    const spotted = probabilities.subarray(0, SPOTTED_STOP_WORDS.length);
    const best = spotted.reduce((most, each, i) => (each > spotted[most] ? i : most), 0);
    const confidence = this.#unlessRepeated(await this.#confidenceOf(spotted[best]), end);
    return (
      confidence && {
        word: SPOTTED_STOP_WORDS[best],
        end: end - DETECTION_DELAY_S,
        detected: end,
        by: 'stop words',
        confidence: confidence,
      }
    );
  }

  async #confidenceOf(probability: number): Promise<StopEvent['confidence'] | undefined> {
    const { high, medium, low } = this.#thresholds;
    if (probability < Math.min(high, low)) return undefined;
    const odds = logOdds(probability);
    // Nobody has to be asked what cannot change anything.
    if (probabilityOf(odds + verifierLogOdds(0)) >= high) return 'high';
    const verifier = await this.#verifier.stopProbability(await this.#embedder.embedTrailingSilence(SILENCE_STEPS));
    const together = probabilityOf(odds + verifierLogOdds(verifier));
    if (together >= high) return 'high';
    if (together >= medium) return 'medium';
    return probability >= low ? 'low' : undefined;
  }

  /** The same word is not found again, unless it is more certain now. */
  #unlessRepeated(confidence: StopEvent['confidence'] | undefined, now: number): StopEvent['confidence'] | undefined {
    if (!confidence) return undefined;
    const last = Math.max(
      ...CONFIDENCE_LEVELS.slice(0, CONFIDENCE_LEVELS.indexOf(confidence) + 1).map((each) => this.#lastDetection[each]),
    );
    this.#lastDetection[confidence] = now;
    return now - last > REPEAT_WINDOW_S ? confidence : undefined;
  }
}
