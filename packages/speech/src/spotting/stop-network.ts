import { PolicyError, SPOTTED_STOP_WORDS, STOP_WORDS } from '@praxis/core';
import type { OnnxBackend, OnnxSession, OnnxTensor } from '@praxis/policy';
import { EMBEDDING_SIZE, SpeechEmbedder, type TimedEmbedding } from '../embedding/speech-embedder.ts';
import type { StopEvent, StopSpotter } from '../recognition/stop-event.ts';
import { WordLabeller } from '../rescoring/word-labeller.ts';
import { SILENCE_STEPS, StopVerifier } from './stop-verifier.ts';

/** Contents of the ONNX graphs of a {@link StopNetwork}. */
export interface StopGraphs {
  /** `weights/stop-words/speech-embedding.onnx` */
  readonly embedding: Uint8Array;
  /** `weights/stop-words/head.onnx` */
  readonly head: Uint8Array;
  /** `weights/words/words.onnx` */
  readonly labels: Uint8Array;
  /** Lines of `weights/words/words.txt`. */
  readonly words: readonly string[];
}

/** Probabilities, 0..1, from which a detection has a confidence. */
export interface StopThresholds {
  /** Immediate stop: combined probability of the head and the verifier. */
  readonly high: number;
  /** Stop unless speech continues: combined probability of the head and the verifier. */
  readonly medium: number;
  /** Stop unless the utterance is a command: probability of the head alone. */
  readonly low: number;
}

/** Thresholds for the weights in `weights/stop-words`. */
export const DEFAULT_STOP_THRESHOLDS: StopThresholds = { high: 0.96, medium: 0.85, low: 0.3 };

/** Highest first. */
const CONFIDENCE_LEVELS = ['high', 'medium', 'low'] as const;
/** A second detection within this time is the same word (s). */
const REPEAT_WINDOW_S = 0.7;
/** Approximate delay from the end of a word to the step that detects it (s). */
const DETECTION_DELAY_S = 0.1;
/**
 * The verifier leaves the head's probability unchanged at this one. This value and the two limits were chosen with voices outside
 * both training sets.
 */
const NEUTRAL_PROBABILITY = 0.1;
/** Lower limit of the verifier's probability. */
const MIN_PROBABILITY = 0.02;
/** Upper limit of the verifier's probability. */
const MAX_PROBABILITY = 0.9;

const logOdds = (probability: number): number => Math.log(probability / (1 - probability));
const probabilityOf = (odds: number): number => 1 / (1 + Math.exp(-odds));
/** Contribution of the verifier to the log odds of the head. */
const verifierLogOdds = (probability: number): number =>
  logOdds(Math.min(Math.max(probability, MIN_PROBABILITY), MAX_PROBABILITY)) - logOdds(NEUTRAL_PROBABILITY);

/**
 * Spots stop words with a network trained on synthetic voices (`training/voice/stopwords`), which needs a few ms of computation
 * every 80 ms, in Node and in a browser. Where this network is uncertain, the network of the command words verifies the word.
 */
export class StopNetwork implements StopSpotter {
  readonly #embedder: SpeechEmbedder;
  readonly #head: OnnxSession;
  readonly #verifier: StopVerifier;
  readonly #thresholds: StopThresholds;
  /** The last embeddings; the newest is the last. */
  readonly #window: Float32Array;
  readonly #input: OnnxTensor;
  readonly #steps: number;
  #isFirstStep = true;
  /** Time of the last detection of each confidence (s). */
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

  /** @throws {PolicyError} on a graph of another shape, and when a stop word has no label */
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
        `stop words: the head maps [${head.inputs[0].shape}] to [${head.outputs[0].shape}], ` +
          `expected [1,steps,${EMBEDDING_SIZE}] to [1,${STOP_WORDS.length}]`,
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
    // Hop by hop: the verifier needs the state of the embedder right after the word.
    for (let at = 0; at < samples.length; ) {
      const block = samples.subarray(at, at + this.#embedder.samplesToNextHop);
      at += block.length;
      for (const embedded of await this.#embedder.embed(block)) {
        const detection = await this.#scoreStep(embedded);
        if (detection) detections.push(detection);
      }
    }
    return detections;
  }

  async #scoreStep({ values, end }: TimedEmbedding): Promise<StopEvent | undefined> {
    this.#window.copyWithin(0, EMBEDDING_SIZE);
    this.#window.set(values, this.#window.length - EMBEDDING_SIZE);
    // The first embedding fills the window as if it had been repeated.
    if (this.#isFirstStep)
      for (let step = 0; step < this.#steps; step++) this.#window.set(values, step * EMBEDDING_SIZE);
    this.#isFirstStep = false;
    this.#verifier.appendEmbedding(values);
    const out = await this.#head.run({ [this.#head.inputs[0].name]: this.#input });
    const probabilities = out[this.#head.outputs[0].name].data as Float32Array;
    // The head has an output for each stop word; the spotted ones are the first.
    const spotted = probabilities.subarray(0, SPOTTED_STOP_WORDS.length);
    const best = spotted.reduce((most, each, i) => (each > spotted[most] ? i : most), 0);
    const confidence = this.#unlessRepeated(await this.#confidenceOf(spotted[best]), end);
    return (
      confidence && {
        word: SPOTTED_STOP_WORDS[best],
        end: end - DETECTION_DELAY_S,
        detected: end,
        by: 'stop words',
        confidence,
      }
    );
  }

  async #confidenceOf(probability: number): Promise<StopEvent['confidence'] | undefined> {
    const { high, medium, low } = this.#thresholds;
    if (probability < Math.min(high, low)) return undefined;
    const odds = logOdds(probability);
    // The verifier cannot change this result.
    if (probabilityOf(odds + verifierLogOdds(0)) >= high) return 'high';
    const verified = await this.#verifier.stopProbability(await this.#embedder.embedTrailingSilence(SILENCE_STEPS));
    const combined = probabilityOf(odds + verifierLogOdds(verified));
    if (combined >= high) return 'high';
    if (combined >= medium) return 'medium';
    return probability >= low ? 'low' : undefined;
  }

  /** Suppresses repeated detections of a word, except those of a higher confidence. */
  #unlessRepeated(confidence: StopEvent['confidence'] | undefined, now: number): StopEvent['confidence'] | undefined {
    if (!confidence) return undefined;
    const last = Math.max(
      ...CONFIDENCE_LEVELS.slice(0, CONFIDENCE_LEVELS.indexOf(confidence) + 1).map((each) => this.#lastDetection[each]),
    );
    this.#lastDetection[confidence] = now;
    return now - last > REPEAT_WINDOW_S ? confidence : undefined;
  }
}
