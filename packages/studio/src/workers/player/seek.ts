/** The times between which the messages of a chunk lie. */
export interface ChunkSpan {
  readonly from: number;
  readonly to: number;
}

/** Numbers of the chunks that have messages between two times, in the order of the file. */
export const chunksBetween = (spans: readonly ChunkSpan[], from: number, to: number): readonly number[] =>
  spans.flatMap((span, i) => (span.to >= from && span.from <= to ? [i] : []));

/**
 * Finds the newest message of each of some topics at a time. It reads chunks from that time back, and only as many as it needs: chunks may
 * overlap, since messages are recorded in the order of their receipt.
 * @param lookBack a message may be so much older than the time (s)
 * @param names topics that are wanted
 * @param timesIn ascending times of the messages of a chunk, by topic
 * @returns by topic, the chunk and the place of the message among those of its topic in the chunk
 */
export async function newestAt(
  spans: readonly ChunkSpan[],
  time: number,
  { lookBack, names, timesIn }: NewestOptions,
): Promise<ReadonlyMap<string, FoundMessage>> {
  const found = new Map<string, FoundMessage>();
  const candidates = chunksBetween(spans, time - lookBack, time)
    .map((chunk) => ({ chunk, last: Math.min(spans[chunk].to, time) }))
    .sort((a, b) => b.last - a.last || b.chunk - a.chunk);
  for (const { chunk, last } of candidates) {
    const wanted = names.filter((name) => (found.get(name)?.time ?? Number.NEGATIVE_INFINITY) < last);
    if (wanted.length === 0) break;
    const times = await timesIn(chunk);
    for (const name of wanted) {
      const at = lastUpTo(times.get(name) ?? [], time);
      const known = found.get(name)?.time ?? time - lookBack;
      const own = times.get(name)?.[at];
      if (own !== undefined && own >= known) found.set(name, { chunk, at, time: own });
    }
  }
  return found;
}

/** What {@link newestAt} looks for. */
export interface NewestOptions {
  readonly lookBack: number;
  readonly names: readonly string[];
  readonly timesIn: (chunk: number) => Promise<ReadonlyMap<string, readonly number[]>>;
}

/** Where a message stands. */
export interface FoundMessage {
  readonly chunk: number;
  readonly at: number;
  readonly time: number;
}

/** Index of the last of ascending times that is not after `time`; -1 if there is none. */
export function lastUpTo(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
