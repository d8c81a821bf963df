import type { SpeechEmbedder } from '@praxis/speech';
import { AudioFrontEnd, durationS } from '@praxis/speech';
import type { ExampleGenerator } from './example-generator.ts';

/** Consecutive training examples as embeddings of one stream of sound, which is how a keyword spotter gets them. */
export interface Shard {
  /** Embeddings of {@link SpeechEmbedder} after noise suppression, one for each 80 ms. */
  readonly embeddings: readonly Float32Array[];
  /** The stop words, each with the time of its end (s from the start of the shard). */
  readonly stops: readonly { readonly word: string; readonly end: number }[];
  /** The examples with their start and end (s from the start of the shard). */
  readonly segments: readonly {
    readonly begin: number;
    readonly end: number;
    readonly kind: string;
    readonly text: string;
    readonly voice: string;
  }[];
}

/**
 * Generates the examples of one shard and computes their embeddings.
 * @param count number of examples
 * @param embedder a new embedder, which has received no sound yet
 */
export async function generateShard(
  generator: ExampleGenerator,
  count: number,
  embedder: SpeechEmbedder,
): Promise<Shard> {
  const frontEnd = new AudioFrontEnd();
  const embeddings: Float32Array[] = [];
  const stops: Shard['stops'][number][] = [];
  const segments: Shard['segments'][number][] = [];
  for (let i = 0, begin = 0; i < count; i++) {
    const { audio, kind, text, voice, ...example } = generator.next();
    stops.push(...example.stops.map(({ word, end }) => ({ word, end: begin + end })));
    const end = begin + durationS(audio);
    segments.push({ begin, end, kind, text, voice });
    begin = end;
    for (const { samples } of frontEnd.toFrames(audio)) {
      embeddings.push(...(await embedder.embed(samples)).map(({ values }) => values));
    }
  }
  return { embeddings, stops, segments };
}
