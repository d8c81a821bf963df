import { InputError } from '@praxis/core';
import { MAX_SEED } from '@praxis/sim/seeds';
import { type HeardRow, measureSteps, measureVoice, type VoiceReport } from '@praxis/speech';
import { findSpeakers, PocketSphinx } from '@praxis/speech/node';
import type { VoiceTestOptions } from '../commands/voice.ts';
import { quantile } from '../eval/statistics.ts';
import { percent } from '../eval/table.ts';
import { writeBeside } from '../files.ts';
import { wholeNumber } from '../options.ts';
import { EXIT, print, printJson, table } from '../output.ts';
import { progress } from '../progress.ts';
import { extensionFor, languageOf } from './language.ts';

const HEAD = ['voices', 'noise', 'commands', 'right', 'wrong', 'word errors', 'chatter', 'stops', 'stop p95'] as const;
const NOTES = [
  '*right*: intent and quantities right, and accepted; *wrong*: another intent, and accepted; *chatter*: speech that is no command,',
  'and accepted; *stops*: utterances that end in a stop word, and it was heard; *stop p95*: from the end of the word until then.',
];

/** @returns exit status. @throws {InputError} on wrong options, or without a recogniser. */
export async function run(options: VoiceTestOptions): Promise<number> {
  const each = wholeNumber('--each', options.each, 1, 100);
  const seed = wholeNumber('--seed', options.seed, 0, MAX_SEED);
  const speakers = await chosen(options.voices);
  const recogniser = await PocketSphinx.start(extensionFor(options.policy));
  const bar = progress('voice test', measureSteps(speakers));
  try {
    const language = languageOf(options.policy);
    const report = await measureVoice({ language, recogniser, speakers, each, seed, onStep: (done) => bar.step(done) });
    const names = speakers.map(({ name, group }) => ({ name, group }));
    if (options.out !== undefined) writeBeside(options.out, page(report, names, options));
    if (options.json) printJson({ seed, each, speakers: names, ...report });
    else {
      print(table(HEAD, report.rows.map(cells)));
      print(`${report.utterances} utterances, real-time factor ${report.realTimeFactor.toFixed(3)}`);
    }
  } finally {
    bar.stop();
    await recogniser.close();
  }
  return EXIT.ok;
}

async function chosen(voices: string | undefined) {
  const all = await findSpeakers();
  if (voices === undefined) return all;
  const wanted = voices.split(',').map((name) => name.trim());
  const known = all.map(({ name }) => name);
  for (const name of wanted) {
    if (name === '' || !known.some((each) => each.includes(name))) {
      throw new InputError(`--voices ${name}: nobody here is called that; here are ${known.join(', ')}`);
    }
  }
  return all.filter(({ name }) => wanted.some((each) => name.includes(each)));
}

const milliseconds = (seconds: number | null): string => (seconds === null ? '-' : `${(1000 * seconds).toFixed(0)} ms`);

const cells = (row: HeardRow): string[] => [
  row.group,
  row.ratio === undefined ? row.noise : `${row.noise} ${row.ratio} dB`,
  String(row.commands),
  percent(row.right),
  percent(row.wrongAccepted),
  percent(row.wordErrorRate),
  percent(row.chatterAccepted),
  percent(row.stopsHeard),
  milliseconds(quantile(row.stopDelays, 0.95)),
];

function page(
  report: VoiceReport,
  speakers: readonly { name: string; group: string }[],
  options: VoiceTestOptions,
): string {
  const row = (each: readonly string[]) => `| ${each.join(' | ')} |`;
  const groups = ['held out', 'tuned on', 'stress'] as const;
  const who = groups
    .map((group) => ({ group, names: speakers.filter((each) => each.group === group).map(({ name }) => name) }))
    .filter(({ names }) => names.length > 0)
    .map(({ group, names }) => `- ${group}: ${names.join(', ')}`);
  return [
    '# What is understood',
    '',
    `Made by \`npx praxis voice test --each ${options.each} --seed ${options.seed} --out ${options.out}\`; do not edit.`,
    `${report.utterances} utterances; recognition took ${report.realTimeFactor.toFixed(3)} of their own time on one core.`,
    '',
    ...who,
    '',
    row(HEAD),
    `|${HEAD.map(() => '---|').join('')}`,
    ...report.rows.map((each) => row(cells(each))),
    '',
    ...NOTES,
    '',
  ].join('\n');
}
