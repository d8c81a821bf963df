import type { ActionChunk, Robot } from '@praxis/core';
import type { EpisodeTap, TappedEpisode } from '@praxis/sim';

/** Time over which gates are averaged (s). */
export const GATE_INTERVAL_S = 0.5;

/**
 * Mean gate of each modality in successive intervals of {@link GATE_INTERVAL_S} from the start of the episode, 0..1; null where no
 * observation of an interval made a chunk.
 */
export type GateCourse = Readonly<Record<string, readonly (number | null)[]>>;

/** Averages the gates of a policy's chunks over intervals of one episode, by the stamps of the observations that made them. */
export class GateRecorder implements EpisodeTap {
  readonly #sums = new Map<string, { total: number; count: number }[]>();

  /** Undefined for a policy without gates. */
  get course(): GateCourse | undefined {
    if (this.#sums.size === 0) return undefined;
    const intervals = Math.max(...[...this.#sums.values()].map((each) => each.length));
    const means = (sums: readonly { total: number; count: number }[]): (number | null)[] =>
      Array.from({ length: intervals }, (_, i) => (sums[i]?.count ? sums[i].total / sums[i].count : null));
    return Object.fromEntries([...this.#sums].map(([modality, sums]) => [modality, means(sums)]));
  }

  begin({ robot, loop }: Pick<TappedEpisode, 'robot' | 'loop'>): void {
    const start = robot.clock.now();
    // The loop completes it at its end.
    loop.chunks$.subscribe((chunk) => this.#add(chunk, start));
  }

  wrapRobot = (robot: Robot): Robot => robot;
  wrapLoopRobot = (robot: Robot): Robot => robot;
  endPeriod = (): undefined => undefined;
  operatorInput = (): void => {};

  #add({ stamp, gates }: ActionChunk, start: number): void {
    const at = Math.max(0, Math.floor((stamp - start) / GATE_INTERVAL_S));
    for (const [modality, gate] of Object.entries(gates)) {
      const sums = this.#sums.get(modality) ?? [];
      this.#sums.set(modality, sums);
      while (sums.length <= at) sums.push({ total: 0, count: 0 });
      sums[at].total += gate;
      sums[at].count++;
    }
  }
}
