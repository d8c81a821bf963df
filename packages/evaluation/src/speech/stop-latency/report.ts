import { markdownTable, milliseconds, percent, table } from '../../report/format.ts';
import { maximum, quantile } from '../../report/statistics.ts';
import { NOISE_LEVELS, type NoiseLevel, type StopTrial } from './draw-trials.ts';
import type { StopTimes, StopTrialResult } from './trial.ts';

/** A trial with its result, without its sound. */
export interface CompletedTrial extends Omit<StopTrial, 'sound'> {
  readonly loudness: NoiseLevel;
  readonly result: StopTrialResult;
}

/** Percentiles of a quantity; null without trials. */
export interface LatencyPercentiles {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly max: number | null;
}

/** Results of the trials of one noise level or mover. Times are in seconds. */
export interface LatencyRow {
  /** Noise level or mover. */
  readonly what: string;
  readonly trials: number;
  readonly stopped: number;
  readonly missed: number;
  readonly false_stops: number;
  /** Number of trials in which the arm was at rest before the detection. */
  readonly at_rest_before: number;
  /** Number of trials in which the arm still moved at the end of the observation. */
  readonly not_at_rest: number;
  /** Number of stops that the stop-word spotter detected; the grammar detected the others. */
  readonly by_stop_words: number;
  /** Time from the end of the word to the stop request. */
  readonly word_to_stop_s: LatencyPercentiles;
  /** Time from the stop request to rest. */
  readonly rest_s: LatencyPercentiles;
  /** Time from the end of the word to rest. */
  readonly word_to_rest_s: LatencyPercentiles;
  /** Travel of the tool from the end of the word to rest (m). */
  readonly distance_m: LatencyPercentiles;
  /** CPU time of the detection. */
  readonly compute_s: LatencyPercentiles;
}

/** Computes one row for each noise level and one for each mover. */
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
  const spread = (of: (times: StopTimes) => number): LatencyPercentiles => {
    const values = stopped.map(({ times }) => of(times));
    return { p50: quantile(values, 0.5), p95: quantile(values, 0.95), max: maximum(values) };
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
    word_to_stop_s: spread(({ detectionDelay }) => detectionDelay),
    rest_s: spread(({ rest }) => rest),
    word_to_rest_s: spread(({ detectionDelay, rest }) => detectionDelay + rest),
    distance_m: spread(({ distance }) => distance),
    compute_s: spread(({ compute }) => compute),
  };
}

const COLUMNS = [
  ...['', 'trials', 'stopped', 'missed', 'false', 'by spotter', 'word to stop p50', 'p95', 'max'],
  ...['stop to rest p50', 'p95', 'max', 'word to rest p50', 'p95', 'max', 'travel max'],
] as const;

const times = ({ p50, p95, max }: LatencyPercentiles): readonly string[] => [p50, p95, max].map(milliseconds);

const cells = (row: LatencyRow): readonly string[] => [
  row.what,
  String(row.trials),
  String(row.stopped),
  String(row.missed),
  String(row.false_stops),
  percent(row.stopped === 0 ? null : row.by_stop_words / row.stopped),
  ...times(row.word_to_stop_s),
  ...times(row.rest_s),
  ...times(row.word_to_rest_s),
  row.distance_m.max === null ? '-' : `${(1000 * row.distance_m.max).toFixed(0)} mm`,
];

/** Formats the rows as text for a terminal. */
export const latencyTable = (rows: readonly LatencyRow[]): string => table(COLUMNS, rows.map(cells));

/**
 * Formats the rows as a Markdown page.
 * @param command command line that the page names as its source
 * @param voices names of the voices
 */
export function latencyPage(rows: readonly LatencyRow[], command: string, voices: readonly string[]): string {
  const sum = (of: (row: LatencyRow) => number) =>
    rows.slice(0, NOISE_LEVELS.length).reduce((n, row) => n + of(row), 0);
  const compute = rows.map((row) => row.compute_s.p95 ?? 0);
  return [
    '# From "stop" to the arm at rest',
    '',
    `Made by \`${command}\`; do not edit. Voices: ${voices.join(', ')}.`,
    '',
    'A synthetic voice says a stop word while the simulated arm moves, by the policy or by "keep going". The listener receives the sound',
    'in simulated time, in blocks of 30 ms. The chain contains noise suppression, both stop paths, the protective stop of the supervisor',
    'and the braking. *Word to stop*: time from the end of the word to the stop request. It includes the measured CPU time of the',
    `detection on all threads together (p95 at most ${milliseconds(Math.max(...compute))}), but not the latency of microphone, browser and socket.`,
    '*Stop to rest*: time until every joint is slower than 0.02 rad/s, by ground truth of the physics. *Travel*: path of the tool from',
    'the end of the word to rest. *False*: stops before the word. *By spotter*: share of the stops that the stop-word spotter detected;',
    'the grammar detected the others at the end of the utterance.',
    '',
    ...markdownTable(COLUMNS, rows.map(cells)),
    '',
    `In ${sum((row) => row.at_rest_before)} trials the arm was at rest before the detection; in ${sum((row) => row.not_at_rest)} it still moved one second after the stop.`,
    'This is a protective stop, not an emergency stop: keep the button within reach.',
    '',
  ].join('\n');
}
