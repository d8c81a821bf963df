import { markdownTable, percent, table } from '../../report/format.ts';
import type { ClipResult } from './score-clip.ts';

const COLUMNS = ['transcript', 'clips', 'as meant', 'not understood', 'wrong', 'false stops', 'word errors'] as const;
const NOTES = [
  '*as meant*: a stop word stopped, a command was accepted with its intent and quantities, and other speech was not accepted;',
  '*not understood*: missed or rejected; *wrong*: another command was accepted. Clips with the same words share a row.',
];

/** One row for each transcript, and one for all clips. */
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

/** Formats the results as text for a terminal. */
export const clipTable = (clips: readonly ClipResult[]): string => table(COLUMNS, summaryRows(clips));

/**
 * Formats the results as a Markdown page.
 * @param command command line that the page names as its source
 * @param from source of the recordings, in words
 */
export const clipPage = (clips: readonly ClipResult[], command: string, from?: string): string =>
  [
    '# Recognition of recorded speakers',
    '',
    `Made by \`${command}\`; do not edit.`,
    `${clips.length} recordings of people${from === undefined ? '' : `: ${from}`}.`,
    '',
    ...markdownTable(COLUMNS, summaryRows(clips)),
    '',
    ...NOTES,
    '',
  ].join('\n');
