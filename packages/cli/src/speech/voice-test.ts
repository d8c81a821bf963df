import { SimulatedClock } from '@praxis/core';
import {
  crowd,
  type Heard,
  type HeardRow,
  heardBy,
  hearing,
  keptIn,
  markdownTable,
  measureSteps,
  measureVoice,
  milliseconds,
  mustRun,
  percent,
  quantile,
  speakersCalled,
  type Tally,
  table,
  type VoiceReport,
  writeBeside,
} from '@praxis/evaluation';
import { MAX_SEED } from '@praxis/sim/seeds';
import type { Audio } from '@praxis/speech';
import { openListener } from '@praxis/speech/node';
import { commandGrammar } from '@praxis/teleop/node';
import type { VoiceTestOptions } from '../commands/voice.ts';
import { wholeNumber } from '../options/options.ts';
import { extensionFor, languageOf } from '../options/vocabulary.ts';
import { EXIT, print, printJson } from '../terminal/output.ts';
import { progress } from '../terminal/progress.ts';

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

/** @returns exit status. @throws {InputError} on wrong options, or without a recogniser. */
export async function run(options: VoiceTestOptions): Promise<number> {
  const each = wholeNumber('--each', options.each, 1, 100);
  const seed = wholeNumber('--seed', options.seed, 0, MAX_SEED);
  const speakers = await speakersCalled(options.voices);
  const clock = new SimulatedClock();
  const listener = await openListener(clock, commandGrammar(extensionFor(options.policy)), { model: options.model });
  const bar = progress('voice test', measureSteps(speakers));
  try {
    const play = hearing(listener, clock);
    await mustRun(listener);
    let compute = 0;
    const hear = async (sound: Audio): Promise<Heard> => {
      const before = process.cpuUsage();
      const heard = await play(sound);
      const { user, system } = process.cpuUsage(before);
      compute += (user + system) / 1e6;
      // A model has a process of its own, with one thread: there its time counts.
      if (options.model !== undefined) for (const each of heard.utterances) compute += each.compute;
      return heard;
    };
    const language = languageOf(options.policy);
    const what = JSON.stringify({
      each,
      seed,
      policy: options.policy,
      model: options.model,
      voices: speakers.map(({ name }) => name),
    });
    const kept = options.resume === undefined ? undefined : keptIn<Tally>(options.resume, what, () => compute);
    const onStep = (done: string) => bar.step(done);
    const report = await measureVoice({ language, hear, speakers, crowd: await crowd(), each, seed, kept, onStep });
    const realTimeFactor = (kept?.compute ?? compute) / report.seconds;
    const names = speakers.map(({ name, group }) => ({ name, group }));
    if (options.out !== undefined) writeBeside(options.out, page({ ...report, realTimeFactor }, names, options));
    if (options.json) printJson({ seed, each, speakers: names, ...report, realTimeFactor });
    else {
      print(table(HEAD, report.rows.map(cells)));
      print(`${report.utterances} utterances, real-time factor ${realTimeFactor.toFixed(3)}`);
    }
  } finally {
    bar.stop();
    await listener.close();
  }
  return EXIT.ok;
}

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
  row.falseStops.toFixed(0),
];

function page(
  report: VoiceReport & { readonly realTimeFactor: number },
  speakers: readonly { name: string; group: string }[],
  options: VoiceTestOptions,
): string {
  const groups = ['held out', 'tuned on', 'stress'] as const;
  const who = groups
    .map((group) => ({ group, names: speakers.filter((each) => each.group === group).map(({ name }) => name) }))
    .filter(({ names }) => names.length > 0)
    .map(({ group, names }) => `- ${group}: ${names.join(', ')}`);
  const voices = options.voices === undefined ? '' : ` --voices "${options.voices}"`;
  return [
    '# What is understood',
    '',
    `Made by \`npx praxis voice test --each ${options.each} --seed ${options.seed}${voices}${heardBy(options.model)} --out ${options.out}\`; do not edit.`,
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
