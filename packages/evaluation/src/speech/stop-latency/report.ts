import { markdownTable, milliseconds, percent, table } from '../../report/format.ts';
import { highest, quantile } from '../../report/statistics.ts';
import { NOISE_LEVELS, type NoiseLevel, type StopTrial } from './draw-trials.ts';
import type { StopTimes, StopTrialResult } from './trial.ts';

/** A trial and what came of it, without its sound. */
export interface CompletedTrial extends Omit<StopTrial, 'sound'> {
  readonly loudness: NoiseLevel;
  readonly result: StopTrialResult;
}

/** Seconds; null of nothing. */
export interface Percentiles {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly max: number | null;
}

export interface LatencyRow {
  readonly what: string;
  readonly trials: number;
  readonly stopped: number;
  readonly missed: number;
  readonly false_stops: number;
  /** The arm had come to rest before the word was heard. */
  readonly at_rest_before: number;
  readonly not_at_rest: number;
  /** Found while the word was said, not when the utterance was over. */
  readonly by_stop_words: number;
  readonly heard_s: Percentiles;
  readonly rest_s: Percentiles;
  readonly both_s: Percentiles;
  readonly distance_m: Percentiles;
  readonly compute_s: Percentiles;
}

/** A row for each loudness of noise and one for each mover of the arm. */
export function latencyRows(all: readonly CompletedTrial[]): readonly LatencyRow[] {
  const movers = ['policy', 'words'] as const;
  return [
    ...NOISE_LEVELS.map((loudness) =>
      rowOf(
        loudness,
        all.filter((each) => each.loudness === loudness),
      ),
    ),
    ...movers.map((mover) =>
      rowOf(
        `moved by ${mover}`,
        all.filter((each) => each.mover === mover),
      ),
    ),
  ];
}

function rowOf(what: string, trials: readonly CompletedTrial[]): LatencyRow {
  const count = (kind: StopTrialResult['kind']) => trials.filter(({ result }) => result.kind === kind).length;
  const stopped = trials.flatMap(({ result }) => (result.kind === 'stopped' ? [result] : []));
  const spread = (of: (times: StopTimes) => number): Percentiles => {
    const values = stopped.map(({ times }) => of(times));
    return { p50: quantile(values, 0.5), p95: quantile(values, 0.95), max: highest(values) };
  };
  return {
    what,
    trials: trials.length,
    stopped: stopped.length,
    missed: count('missed'),
    false_stops: count('false stop'),
    at_rest_before: count('at rest before'),
    not_at_rest: count('not at rest'),
    by_stop_words: stopped.filter(({ by }) => by === 'stop words').length,
    heard_s: spread(({ heard }) => heard),
    rest_s: spread(({ rest }) => rest),
    both_s: spread(({ heard, rest }) => heard + rest),
    distance_m: spread(({ distance }) => distance),
    compute_s: spread(({ compute }) => compute),
  };
}

const COLUMNS = [
  ...['', 'trials', 'stopped', 'missed', 'false', 'while said', 'word to stop p50', 'p95', 'max'],
  ...['stop to rest p50', 'p95', 'max', 'word to rest p50', 'p95', 'max', 'travel max'],
] as const;

const times = ({ p50, p95, max }: Percentiles): readonly string[] => [p50, p95, max].map(milliseconds);

const cells = (row: LatencyRow): readonly string[] => [
  row.what,
  String(row.trials),
  String(row.stopped),
  String(row.missed),
  String(row.false_stops),
  percent(row.stopped === 0 ? null : row.by_stop_words / row.stopped),
  ...times(row.heard_s),
  ...times(row.rest_s),
  ...times(row.both_s),
  row.distance_m.max === null ? '-' : `${(1000 * row.distance_m.max).toFixed(0)} mm`,
];

/** For people at a terminal. */
export const latencyTable = (rows: readonly LatencyRow[]): string => table(COLUMNS, rows.map(cells));

/** As Markdown. @param command that made it @param voices that spoke */
export function latencyPage(rows: readonly LatencyRow[], command: string, voices: readonly string[]): string {
  const sum = (of: (row: LatencyRow) => number) =>
    rows.slice(0, NOISE_LEVELS.length).reduce((n, row) => n + of(row), 0);
  const compute = rows.map((row) => row.compute_s.p95 ?? 0);
  return [
    '# From "stop" to the arm at rest',
    '',
    `Made by \`${command}\`; do not edit. Voices: ${voices.join(', ')}.`,
    '',
    'The simulated arm moves, by the policy or by "keep going", and somebody says a stop word. The sound goes to the listener in the',
    "simulation's time, in pieces of 30 ms when they have been recorded: noise suppression, both stop paths, the supervisor's protective",
    'stop, the brakes. *Word to stop*: from the end of the word until the supervisor was asked. It holds the CPU time, measured, of what the',
    `piece set off in which the word was found, on all threads together (p95 at most ${milliseconds(Math.max(...compute))}), but not what microphone, browser and`,
    'socket take. *Stop to rest*: until the last joint of the arm stood (0.02 rad/s), by physics and not by sensors. *Travel*: of the tool, from',
    'the end of the word until then. *False*: stopped before anybody spoke. *While said*: of those that stopped, found by the path for',
    'stop words; the others were found when the utterance was over.',
    '',
    ...markdownTable(COLUMNS, rows.map(cells)),
    '',
    `In ${sum((row) => row.at_rest_before)} trials the arm had come to rest before the word was heard, in ${sum((row) => row.not_at_rest)} it still moved a second after the stop.`,
    'It is a protective stop and no emergency stop: keep the button within reach.',
    '',
  ].join('\n');
}
