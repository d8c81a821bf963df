import type { LoopRecorder } from '@praxis/wire/recording';

/** The facts of a recording's end about its samples, by what became of them. */
export function sampleCounts({
  streams,
}: LoopRecorder): Readonly<Record<'recorded' | 'dropped' | 'dropped_by_stream', string>> {
  const lost = streams.filter(({ dropped, unfit }) => dropped + unfit > 0);
  const sum = (of: (each: (typeof streams)[number]) => number): string =>
    String(streams.reduce((total, each) => total + of(each), 0));
  return {
    recorded: sum(({ recorded }) => recorded),
    dropped: sum(({ dropped, unfit }) => dropped + unfit),
    dropped_by_stream: lost.map(({ stream, dropped, unfit }) => `${stream} ${dropped + unfit}`).join(', '),
  };
}
