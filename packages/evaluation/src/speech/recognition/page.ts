import { markdownTable, milliseconds, percent, table } from '../../report/format.ts';
import { quantile } from '../../report/statistics.ts';
import { type TestVoice, voiceListLines } from '../test-voices.ts';
import type { RecognitionRow } from './measure.ts';
import type { RecognitionStudyReport } from './study.ts';

const HEAD = [
  ...['voices', 'noise', 'commands', 'right', 'wrong', 'word errors', 'chatter'],
  ...['stops', 'stop p95', 'false stops / h'],
] as const;
const NOTES = [
  'Each utterance passes through the complete listener: noise suppression, voice activity detection, recognition and stop-word spotting.',
  '*right*: commands accepted with the right intent and quantities; *wrong*: commands accepted with another intent; *chatter*: other',
  'speech accepted as a command; *stops*: detected stop words; *stop p95*: time from the end of the stop word to its detection;',
  '*false stops / h*: stops detected in commands and chatter, per hour of continuous speech.',
];

const cells = (row: RecognitionRow): string[] => [
  row.group,
  row.ratio === undefined ? row.noise : `${row.noise} ${row.ratio} dB`,
  String(row.commands),
  percent(row.right),
  percent(row.wrongAccepted),
  percent(row.wordErrorRate),
  percent(row.chatterAccepted),
  percent(row.stopsDetected),
  milliseconds(quantile(row.stopDelays, 0.95)),
  row.falseStops.toFixed(0),
];

/** Formats the results as text for a terminal. */
export const recognitionTable = (report: RecognitionStudyReport): string =>
  `${table(HEAD, report.rows.map(cells))}\n${report.utterances} utterances, real-time factor ${report.realTimeFactor.toFixed(3)}`;

/** Formats the results as a Markdown page. @param command command line that the page names as its source */
export function recognitionPage(
  report: RecognitionStudyReport,
  voices: readonly Pick<TestVoice, 'name' | 'group'>[],
  command: string,
): string {
  return [
    '# Recognition of spoken commands',
    '',
    `Made by \`${command}\`; do not edit.`,
    `${report.utterances} utterances; recognition took ${report.realTimeFactor.toFixed(3)} of their duration on one core.`,
    '',
    ...voiceListLines(voices),
    '',
    ...markdownTable(HEAD, report.rows.map(cells)),
    '',
    ...NOTES,
    '',
  ].join('\n');
}
