import type { SpeechEmbedder } from '@praxis/speech';
import { AudioFrontEnd, durationS } from '@praxis/speech';
import type { ExampleGenerator } from './example-generator.ts';

/** Lessons one after the other, as a spotter hears them. */
export interface Shard {
  /** What {@link SpeechEmbedder} made of them, noise taken off. */
  readonly embeddings: readonly Float32Array[];
  /** Ends of the stop words (s from the beginning). */
  readonly stops: readonly { readonly word: string; readonly end: number }[];
  readonly segments: readonly {
    readonly begin: number;
    readonly end: number;
    readonly kind: string;
    readonly text: string;
    readonly voice: string;
  }[];
}

/**
 * @param count how many
 * @param embedder that has heard nothing yet
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
