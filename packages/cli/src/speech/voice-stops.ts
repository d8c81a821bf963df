import { InputError } from '@praxis/core';
import { MAX_SEED } from '@praxis/sim/seeds';
import { Language, measureStops, type StopRow, stopSteps } from '@praxis/speech';
import { DEFAULT_STRICTNESS, PocketSphinxStops } from '@praxis/speech/node';
import type { VoiceStopsOptions } from '../commands/voice.ts';
import { quantile } from '../eval/statistics.ts';
import { percent } from '../eval/table.ts';
import { writeBeside } from '../files.ts';
import { wholeNumber } from '../options.ts';
import { EXIT, markdownTable, milliseconds, print, printJson, table } from '../output.ts';
import { progress } from '../progress.ts';
import { speakersCalled } from './speakers.ts';

const HEAD = [
  ...['strictness', 'missed clean', 'missed 20 dB', 'missed 10 dB', 'p95'],
  ...['false / h: chatter', 'commands', 'motor', 'silence'],
] as const;

/** @returns exit status. @throws {InputError} on wrong options, or without PocketSphinx. */
export async function run(options: VoiceStopsOptions): Promise<number> {
  const seed = wholeNumber('--seed', options.seed, 0, MAX_SEED);
  const quiet = wholeNumber('--quiet', options.quiet, 1, 36_000);
  const levels = options.strictness.split(',').map(decades);
  const speakers = await speakersCalled(options.voices);
  const spotters = await Promise.all(
    levels.map(async (strictness) => ({ strictness, spotter: await PocketSphinxStops.start(strictness) })),
  );
  const bar = progress('voice stops', stopSteps(speakers));
  try {
    const language = new Language();
    const rows = await measureStops({ language, spotters, speakers, seed, quiet, onStep: (done) => bar.step(done) });
    const names = speakers.map(({ name }) => name);
    if (options.out !== undefined) writeBeside(options.out, page(rows, names, options));
    if (options.json) printJson({ seed, speakers: names, rows });
    else print(table(HEAD, rows.map(cells)));
  } finally {
    bar.stop();
    await Promise.all(spotters.map(({ spotter }) => spotter.close()));
  }
  return EXIT.ok;
}

function decades(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(Math.abs(value) <= 40)) {
    throw new InputError(`--strictness ${text}: expected numbers of -40 to 40, separated by commas`);
  }
  return value;
}

const cells = ({ strictness, missed, delays, falseStops }: StopRow): string[] => [
  String(strictness),
  percent(missed.clean),
  percent(missed.at20dB),
  percent(missed.at10dB),
  milliseconds(quantile(delays, 0.95)),
  falseStops.chatter.toFixed(0),
  falseStops.commands.toFixed(0),
  falseStops.motor.toFixed(0),
  falseStops.silence.toFixed(0),
];

function page(rows: readonly StopRow[], names: readonly string[], options: VoiceStopsOptions): string {
  const { strictness, quiet, seed, voices } = options;
  const given = `--strictness=${strictness} --quiet ${quiet} --seed ${seed} --voices "${voices}"`;
  return [
    '# Stop words while they are said',
    '',
    `Made by \`npx praxis voice stops ${given} --out ${options.out}\`; do not edit. Voices: ${names.join(', ')}.`,
    '',
    'Keyword spotting of "stop", "halt", "freeze", "emergency" and "abort" alone, behind noise suppression; the grammar hears stop words as',
    'well, when an utterance is over. *Strictness*: decades by which a word must be clearer than the threshold in the',
    `program (${DEFAULT_STRICTNESS} is used). *p95*: from the end of the word until it was found. *False*: stops that were heard where none was`,
    'said, each hour of somebody speaking without a pause (chatter, commands), of a motor, and of silence.',
    '',
    'A missed stop is worse than a false one. It is a protective stop and no emergency stop: keep the button within reach.',
    '',
    ...markdownTable(HEAD, rows.map(cells)),
    '',
  ].join('\n');
}
