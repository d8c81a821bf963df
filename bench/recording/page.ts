import { markdownTable, percent } from '@praxis/evaluation';
import type { Counted } from './counts.ts';
import type { OtherLoad } from './other-load.ts';

/** Quantiles of times (ms). */
export interface Quantiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** The figures of one of the loops. */
export interface LoopFigures {
  /** From when a period was due to the end of the loop's tick. */
  readonly response_ms: Quantiles;
  /** From one tick to the next one. */
  readonly period_ms: Quantiles;
}

/** Result of the benchmark of recordings. */
export interface RecordingFigures {
  readonly seconds: number;
  readonly machine: string;
  readonly others: OtherLoad;
  readonly without: LoopFigures;
  readonly recording: LoopFigures;
  readonly bridge: LoopFigures;
  readonly recorded: readonly (Counted & { readonly dropped: number })[];
  readonly everything: readonly Counted[];
  readonly slow: readonly Counted[];
  readonly messages: number;
  readonly megabytes: number;
  readonly largest_backlog_megabytes: number;
}

const figures = ({ p50, p99, max }: Quantiles): readonly string[] => [p50, p99, max].map((ms) => ms.toFixed(3));
const ratio = (ours: number, baseline: number): string => (ours / baseline).toFixed(2);

function loopRows(result: RecordingFigures, kind: keyof LoopFigures): readonly (readonly string[])[] {
  const { without, recording, bridge } = result;
  const rows: readonly (readonly [string, LoopFigures])[] = [
    ['alone', without],
    ['recorded', recording],
    ['with a bridge and its two clients', bridge],
  ];
  return rows.map(([name, loop]) => [
    name,
    ...figures(loop[kind]),
    ratio(loop[kind].p50, without[kind].p50),
    ratio(loop[kind].p99, without[kind].p99),
  ]);
}

/** The report page. @param command the command that made it */
export function recordingPage(result: RecordingFigures, command: string): string {
  const { seconds, machine, others, recorded, everything, slow } = result;
  const head = ['loop', 'p50, ms', 'p99, ms', 'max, ms', 'p50 / alone', 'p99 / alone'];
  const slowOf = new Map(slow.map(({ stream, received }) => [stream, received]));
  return [
    '# Recording beside a control loop',
    '',
    `Made by \`${command}\`; do not edit.`,
    '',
    'A control loop of 500 Hz on the wall clock, of a robot with two cameras of 640x480 at 30 Hz, a wrench of 1 kHz and joints of 500 Hz: alone, with a',
    `recording, and with a bridge. The three take turns of five seconds in one process, ${seconds} s each. ${machine}, at normal priority; other programs took`,
    `${percent(others.share)} of the processors, load average ${others.loadAtStart.toFixed(1)} at the start.`,
    '',
    'From when a period is due to the end of its tick:',
    '',
    ...markdownTable(head, loopRows(result, 'response_ms')),
    '',
    'From one tick to the next one (2 ms are due):',
    '',
    ...markdownTable(head, loopRows(result, 'period_ms')),
    '',
    '## Samples',
    '',
    ...markdownTable(
      ['recording', 'published', 'recorded', 'dropped'],
      recorded.map(({ stream, ...each }) => [
        `\`${stream}\``,
        ...[each.published, each.received, each.dropped].map(String),
      ]),
    ),
    '',
    `The file has ${result.messages} messages in ${result.megabytes.toFixed(0)} MB; at most ${result.largest_backlog_megabytes.toFixed(1)} MB waited to be encoded.`,
    '',
    ...markdownTable(
      ['bridge', 'published', 'client that reads everything', 'client that reads 1 MB/s'],
      everything.map(({ stream, published, received }) => [
        `\`${stream}\``,
        ...[published, received, slowOf.get(stream) ?? 0].map(String),
      ]),
    ),
    '',
    'Both clients subscribe to every topic, pictures also as JPEG, in a process of their own on the same machine. For a client that does not keep up the bridge leaves out',
    'older messages ([looking-in.md](../looking-in.md#a-slow-client)).',
    '',
  ].join('\n');
}
