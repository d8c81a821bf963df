import { SPOTTED_STOP_WORDS } from '@praxis/core';
import { DEFAULT_STOP_THRESHOLDS } from '@praxis/speech';
import { markdownTable, milliseconds, percent, table } from '../../report/format.ts';
import { quantile } from '../../report/statistics.ts';
import type { TestVoice } from '../test-voices.ts';
import type { StopRow } from './measure.ts';
import type { StopStudy } from './study.ts';

const HEAD = [
  ...['voices', 'threshold', 'missed clean', 'missed 20 dB', 'missed 10 dB', 'p95', 'commands stopped', 'at 20 dB'],
  ...['false / h: chatter', 'commands', 'motor', 'silence'],
] as const;

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

/** For people at a terminal. */
export const stopTable = (report: StopStudy): string =>
  `${table(HEAD, report.rows.map(cells))}\n${report.seconds.toFixed(0)} s of sound, real-time factor ${report.realTimeFactor.toFixed(3)}`;

/** As Markdown. @param command that made it */
export function stopPage(
  report: StopStudy,
  speakers: readonly Pick<TestVoice, 'name' | 'group'>[],
  command: string,
): string {
  const groups = [...new Set(speakers.map(({ group }) => group))];
  return [
    '# Stop words',
    '',
    `Made by \`${command}\`; do not edit.`,
    '',
    ...groups.map((group) => {
      const names = speakers.filter((each) => each.group === group).map(({ name }) => name);
      return `- ${group}: ${names.join(', ')}`;
    }),
    '',
    `${SPOTTED_STOP_WORDS.map((word) => `"${word}"`).join(', ')} at the end of what is said, heard by the whole listener on its two paths`,
    'together: spotted while they are said, and by the grammar when the utterance is over. *Threshold*: what the network of stop words',
    `and, where that alone is not certain, the one of the words of commands have to give together for a stop at once (${DEFAULT_STOP_THRESHOLDS.high} is used).`,
    `What stays below it and above ${DEFAULT_STOP_THRESHOLDS.medium} is a stop when nobody speaks on; what to the first network alone is above ${DEFAULT_STOP_THRESHOLDS.low} may have been`,
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
