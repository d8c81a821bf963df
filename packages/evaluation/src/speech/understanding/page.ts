import { markdownTable, milliseconds, percent, table } from '../../report/format.ts';
import { quantile } from '../../report/statistics.ts';
import type { TestVoice } from '../test-voices.ts';
import type { RecognitionRow } from './measure.ts';
import type { Understanding } from './study.ts';

const HEAD = [
  ...['voices', 'noise', 'commands', 'right', 'wrong', 'word errors', 'chatter'],
  ...['stops', 'stop p95', 'false stops / h'],
] as const;
const NOTES = [
  'Each utterance goes through the whole listener: noise suppression, voice activity, recognition and the stop words on their own path.',
  '*right*: intent and quantities right, and accepted; *wrong*: another intent, and accepted; *chatter*: speech that is no command,',
  'and accepted; *stops*: utterances that end in a stop word, and it was heard; *stop p95*: from the end of the word until then;',
  '*false stops / h*: stops that were heard in commands and chatter, in each hour of somebody speaking without a pause.',
];

const cells = (row: RecognitionRow): string[] => [
  row.group,
  row.ratio === undefined ? row.noise : `${row.noise} ${row.ratio} dB`,
  String(row.commands),
  percent(row.right),
  percent(row.wrongAccepted),
  percent(row.wordErrorRate),
  percent(row.chatterAccepted),
  percent(row.stopsHeard),
  milliseconds(quantile(row.stopDelays, 0.95)),
  row.falseStops.toFixed(0),
];

/** For people at a terminal. */
export const understandingTable = (report: Understanding): string =>
  `${table(HEAD, report.rows.map(cells))}\n${report.utterances} utterances, real-time factor ${report.realTimeFactor.toFixed(3)}`;

/** As Markdown. @param command that made it */
export function understandingPage(
  report: Understanding,
  speakers: readonly Pick<TestVoice, 'name' | 'group'>[],
  command: string,
): string {
  const who = (['held out', 'tuned on', 'stress'] as const)
    .map((group) => ({ group, names: speakers.filter((each) => each.group === group).map(({ name }) => name) }))
    .filter(({ names }) => names.length > 0)
    .map(({ group, names }) => `- ${group}: ${names.join(', ')}`);
  return [
    '# What is understood',
    '',
    `Made by \`${command}\`; do not edit.`,
    `${report.utterances} utterances; all of it took ${report.realTimeFactor.toFixed(3)} of their own time on one core.`,
    '',
    ...who,
    '',
    ...markdownTable(HEAD, report.rows.map(cells)),
    '',
    ...NOTES,
    '',
  ].join('\n');
}
