import { InputError, SimulatedClock, SPOTTED_WORDS } from '@praxis/core';
import {
  crowd,
  hearing,
  keptIn,
  markdownTable,
  measureStops,
  milliseconds,
  mustRun,
  percent,
  quantile,
  type Speaker,
  type StopReport,
  type StopRow,
  type StopTally,
  speakersCalled,
  stopSteps,
  table,
  writeBeside,
} from '@praxis/evaluation';
import { MAX_SEED } from '@praxis/sim/seeds';
import { type Audio, DEFAULT_THRESHOLDS, Listener, type StopEvent } from '@praxis/speech';
import { loadActivity, loadStopNetwork, PocketSphinx } from '@praxis/speech/node';
import { Language } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import type { VoiceStopsOptions } from '../commands/voice.ts';
import { wholeNumber } from '../options/options.ts';
import { EXIT, print, printJson } from '../terminal/output.ts';
import { progress } from '../terminal/progress.ts';

const HEAD = [
  ...['voices', 'threshold', 'missed clean', 'missed 20 dB', 'missed 10 dB', 'p95', 'commands stopped', 'at 20 dB'],
  ...['false / h: chatter', 'commands', 'motor', 'silence'],
] as const;

/** @returns exit status. @throws {InputError} on wrong options, or without PocketSphinx. */
export async function run(options: VoiceStopsOptions): Promise<number> {
  const seed = wholeNumber('--seed', options.seed, 0, MAX_SEED);
  const quiet = wholeNumber('--quiet', options.quiet, 1, 36_000);
  const thresholds = options.thresholds.split(',').map(probability);
  const speakers = await speakersCalled(options.voices);
  const listeners = await Promise.all(thresholds.map(listenerWith));
  const bar = progress('voice stops', stopSteps(speakers));
  try {
    const plays = listeners.map(({ listener, clock }) => hearing(listener, clock));
    for (const { listener } of listeners) await mustRun(listener);
    let compute = 0;
    const hear = async (sound: Audio) => {
      const before = process.cpuUsage();
      const stops: (readonly StopEvent[])[] = [];
      for (const play of plays) stops.push((await play(sound)).stops);
      const { user, system } = process.cpuUsage(before);
      compute += (user + system) / 1e6;
      return stops;
    };
    const names = speakers.map(({ name }) => name);
    const what = JSON.stringify({ thresholds, quiet, seed, names });
    const kept =
      options.resume === undefined ? undefined : keptIn<readonly StopTally[]>(options.resume, what, () => compute);
    const onStep = (done: string) => bar.step(done);
    const language = new Language();
    const report = await measureStops({
      language,
      thresholds,
      hear,
      speakers,
      crowd: await crowd(),
      seed,
      quiet,
      kept,
      onStep,
    });
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

async function listenerWith(threshold: number) {
  const clock = new SimulatedClock();
  const listener = new Listener({
    clock,
    activity: await loadActivity(),
    recogniser: () => PocketSphinx.start(commandGrammar()),
    stopSpotter: () => loadStopNetwork({ ...DEFAULT_THRESHOLDS, sure: threshold }),
  });
  return { listener, clock };
}

function probability(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value < 1)) {
    throw new InputError(`--thresholds ${text}: expected numbers between 0 and 1, separated by commas`);
  }
  return value;
}

const cells = ({ group, threshold, missed, delays, commandsStopped, falseStops }: StopRow): string[] => [
  group,
  String(threshold),
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
  const { thresholds, quiet, seed, voices } = options;
  const given = `--thresholds ${thresholds} --quiet ${quiet} --seed ${seed} --voices "${voices}"`;
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
    `${SPOTTED_WORDS.map((word) => `"${word}"`).join(', ')} at the end of what is said, heard by the whole listener on its two paths`,
    'together: spotted while they are said, and by the grammar when the utterance is over. *Threshold*: what the network of stop words',
    `and, where that alone is not certain, the one of the words of commands have to give together for a stop at once (${DEFAULT_THRESHOLDS.sure} is used).`,
    `What stays below it and above ${DEFAULT_THRESHOLDS.likely} is a stop when nobody speaks on; what to the first network alone is above ${DEFAULT_THRESHOLDS.suspected} may have been`,
    'another word, and waits until it is known what was said: where that is a command it was no stop. *20 dB*, *10 dB*: of speech over noise, pink, of a motor and babble of the other',
    'voices, as many of each. *p95*: from the end of the word until it was found. *Commands stopped*: commands in which a stop was',
    'heard, without noise and with. *False*: stops that were heard where none was said, each hour of somebody speaking without a pause',
    '(chatter, commands without noise), of a motor, and of silence.',
    '',
    'The network was taught with flite slt, awb and rms, SVOX Pico, many of eSpeak and recordings of one woman who says no stop word;',
    "of Festival's voices it heard none. kal_diphone and ked_diphone are nobody's of these; cmu_us_slt_arctic_hts is flite slt's speaker.",
    'Which threshold is used was chosen by this table.',
    '',
    'A missed stop is worse than a false one. It is a protective stop and no emergency stop: keep the button within reach.',
    '',
    ...markdownTable(HEAD, report.rows.map(cells)),
    '',
    `${report.seconds.toFixed(0)} s of sound; listening to it, once with each threshold, took ${report.realTimeFactor.toFixed(3)} of that on one core.`,
    '',
  ].join('\n');
}
