import { InputError, SimulatedClock } from '@praxis/core';
import { MAX_SEED } from '@praxis/sim/seeds';
import {
  type Audio,
  hearing,
  Language,
  Listener,
  measureStops,
  type Speaker,
  type SpottedStop,
  type StopReport,
  type StopRow,
  type StopTally,
  stopSteps,
} from '@praxis/speech';
import { DEFAULT_STRICTNESS, loadActivity, PocketSphinx, PocketSphinxStops } from '@praxis/speech/node';
import type { VoiceStopsOptions } from '../commands/voice.ts';
import { quantile } from '../eval/statistics.ts';
import { percent } from '../eval/table.ts';
import { writeBeside } from '../files.ts';
import { wholeNumber } from '../options.ts';
import { EXIT, markdownTable, milliseconds, print, printJson, table } from '../output.ts';
import { progress } from '../progress.ts';
import { keptIn } from './kept.ts';
import { mustRun } from './listening.ts';
import { speakersCalled } from './speakers.ts';

const HEAD = [
  ...['voices', 'strictness', 'missed clean', 'missed 20 dB', 'missed 10 dB', 'p95', 'commands stopped', 'at 20 dB'],
  ...['false / h: chatter', 'commands', 'motor', 'silence'],
] as const;

/** @returns exit status. @throws {InputError} on wrong options, or without PocketSphinx. */
export async function run(options: VoiceStopsOptions): Promise<number> {
  const seed = wholeNumber('--seed', options.seed, 0, MAX_SEED);
  const quiet = wholeNumber('--quiet', options.quiet, 1, 36_000);
  const strictness = options.strictness.split(',').map(decades);
  const speakers = await speakersCalled(options.voices);
  const listeners = await Promise.all(strictness.map(listenerWith));
  const bar = progress('voice stops', stopSteps(speakers));
  try {
    const plays = listeners.map(({ listener, clock }) => hearing(listener, clock));
    for (const { listener } of listeners) await mustRun(listener);
    let compute = 0;
    const hear = async (sound: Audio) => {
      const before = process.cpuUsage();
      const stops: (readonly SpottedStop[])[] = [];
      for (const play of plays) stops.push((await play(sound)).stops);
      const { user, system } = process.cpuUsage(before);
      compute += (user + system) / 1e6;
      return stops;
    };
    const names = speakers.map(({ name }) => name);
    const what = JSON.stringify({ strictness, quiet, seed, names });
    const kept =
      options.resume === undefined ? undefined : keptIn<readonly StopTally[]>(options.resume, what, () => compute);
    const onStep = (done: string) => bar.step(done);
    const language = new Language();
    const report = await measureStops({ language, strictness, hear, speakers, seed, quiet, kept, onStep });
    const realTimeFactor = (kept?.compute ?? compute) / report.seconds;
    if (options.out !== undefined) writeBeside(options.out, page({ ...report, realTimeFactor }, speakers, options));
    if (options.json) printJson({ seed, speakers: names, ...report, realTimeFactor });
    else {
      print(table(HEAD, report.rows.map(cells)));
      print(`${report.seconds.toFixed(0)} s of sound, real-time factor ${realTimeFactor.toFixed(3)}`);
    }
  } finally {
    bar.stop();
    for (const { listener } of listeners) await listener.close();
  }
  return EXIT.ok;
}

async function listenerWith(strictness: number) {
  const clock = new SimulatedClock();
  const listener = new Listener({
    clock,
    activity: await loadActivity(),
    recogniser: () => PocketSphinx.start(),
    stopSpotter: () => PocketSphinxStops.start({ strictness }),
  });
  return { listener, clock };
}

function decades(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(Math.abs(value) <= 40)) {
    throw new InputError(`--strictness ${text}: expected numbers of -40 to 40, separated by commas`);
  }
  return value;
}

const cells = ({ group, strictness, missed, delays, commandsStopped, falseStops }: StopRow): string[] => [
  group,
  String(strictness),
  percent(missed.clean),
  percent(missed.at20dB),
  percent(missed.at10dB),
  milliseconds(quantile(delays, 0.95)),
  percent(commandsStopped.clean),
  percent(commandsStopped.at20dB),
  falseStops.chatter.toFixed(0),
  falseStops.commands.toFixed(0),
  falseStops.motor.toFixed(0),
  falseStops.silence.toFixed(0),
];

function page(
  report: StopReport & { readonly realTimeFactor: number },
  speakers: readonly Speaker[],
  options: VoiceStopsOptions,
): string {
  const { strictness, quiet, seed, voices } = options;
  const given = `--strictness=${strictness} --quiet ${quiet} --seed ${seed} --voices "${voices}"`;
  const groups = [...new Set(speakers.map(({ group }) => group))];
  return [
    '# Stop words',
    '',
    `Made by \`npx praxis voice stops ${given} --out ${options.out}\`; do not edit.`,
    '',
    ...groups.map((group) => {
      const names = speakers.filter((each) => each.group === group).map(({ name }) => name);
      return `- ${group}: ${names.join(', ')}`;
    }),
    '',
    '"stop", "halt", "freeze", "emergency" and "abort" at the end of what is said, heard by the whole listener on its two paths',
    'together: spotted while they are said, and by the grammar when the utterance is over. What is spotted and may have been another',
    'word of the language ("hold", "please") waits until it is known what was said: where that is a command it was no stop, which is',
    'why stops in noise come later (*p95*), and commands are not taken for them. *Strictness*: decades by which a word',
    `must be clearer than the spotter's thresholds (${DEFAULT_STRICTNESS} is used). *20 dB*, *10 dB*: of speech over noise, pink, of a motor and babble`,
    'of the other voices, as many of each. *p95*: from the end of the word until it was found. *Commands stopped*: commands in',
    'which a stop was heard, without noise and with. *False*: stops that were heard where none was said, each hour of somebody',
    'speaking without a pause (chatter, commands without noise), of a motor, and of silence; one that both paths hear counts twice.',
    '',
    'Thresholds were fitted to flite slt, awb and kal16, with other speeds and noises than here, and to no voice of Festival; of those',
    'kal_diphone is made of the same recordings as kal16.',
    '',
    'A missed stop is worse than a false one. It is a protective stop and no emergency stop: keep the button within reach.',
    '',
    ...markdownTable(HEAD, report.rows.map(cells)),
    '',
    `${report.seconds.toFixed(0)} s of sound; listening to it, once with each strictness, took ${report.realTimeFactor.toFixed(3)} of that on one core.`,
    '',
  ].join('\n');
}
