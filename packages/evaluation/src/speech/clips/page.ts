import { markdownTable, percent, table } from '../../report/format.ts';
import type { ClipResult } from './judge.ts';

const COLUMNS = ['said', 'clips', 'as meant', 'not understood', 'wrong', 'false stops', 'word errors'] as const;
const NOTES = [
  '*as meant*: a stop word stopped, a command was accepted with its intent and quantities, and nothing came of anything else;',
  '*not understood*: missed or rejected; *wrong*: another command was accepted. Where more clips hold the same words they are one row.',
];

/** A row for each thing that was said, and one of all. */
function summaryRows(clips: readonly ClipResult[]): string[][] {
  const texts = [...new Set(clips.map(({ text }) => text))].sort();
  const rows = texts.map((text) =>
    summaryRow(
      `"${text}"`,
      clips.filter((clip) => clip.text === text),
    ),
  );
  return [...rows, summaryRow('all', clips)];
}

function summaryRow(name: string, clips: readonly ClipResult[]): string[] {
  const count = (...outcomes: ClipResult['outcome'][]) =>
    String(clips.filter(({ outcome }) => outcomes.includes(outcome)).length);
  const total = (of: 'errors' | 'words') => clips.reduce((sum, clip) => sum + clip[of], 0);
  return [
    name,
    String(clips.length),
    count('stopped', 'right', 'quiet'),
    count('missed', 'rejected'),
    count('wrong'),
    count('false stop'),
    percent(total('errors') / total('words')),
  ];
}

/** For people at a terminal. */
export const clipTable = (clips: readonly ClipResult[]): string => table(COLUMNS, summaryRows(clips));

/** As Markdown. @param command that made it @param from where the recordings come from, in words */
export const clipPage = (clips: readonly ClipResult[], command: string, from?: string): string =>
  [
    '# What is understood of people',
    '',
    `Made by \`${command}\`; do not edit.`,
    `${clips.length} recordings of people${from === undefined ? '' : `: ${from}`}.`,
    '',
    ...markdownTable(COLUMNS, summaryRows(clips)),
    '',
    ...NOTES,
    '',
  ].join('\n');
