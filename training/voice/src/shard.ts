import type { SpeechEmbedding } from '@praxis/speech';
import { durationOf, Intake } from '@praxis/speech';
import type { ExampleGenerator } from './example-generator.ts';

/** Lessons one after the other, as a spotter hears them. */
export interface Shard {
  /** What {@link SpeechEmbedding} made of them, noise taken off. */
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
 * @param lessons how many
 * @param embedding that has heard nothing yet
 */
export async function generateShard(
  generator: ExampleGenerator,
  lessons: number,
  embedding: SpeechEmbedding,
): Promise<Shard> {
  const intake = new Intake();
  const embeddings: Float32Array[] = [];
  const stops: Shard['stops'][number][] = [];
  const segments: Shard['segments'][number][] = [];
  for (let i = 0, begin = 0; i < lessons; i++) {
    const { audio, kind, text, voice, ...taught } = generator.next();
    stops.push(...taught.stops.map(({ word, end }) => ({ word, end: begin + end })));
    const end = begin + durationOf(audio);
    segments.push({ begin, end, kind, text, voice });
    begin = end;
    for (const { samples } of intake.push(audio)) {
      embeddings.push(...(await embedding.push(samples)).map(({ values }) => values));
    }
  }
  return { embeddings, stops, segments };
}
