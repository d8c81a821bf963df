import { SPOTTED_STOP_WORDS } from '@praxis/core';
import { DEFAULT_STOP_THRESHOLDS } from '@praxis/speech';
import { markdownTable, milliseconds, percent, table } from '../../report/format.ts';
import { quantile } from '../../report/statistics.ts';
import { type TestVoice, voiceListLines } from '../test-voices.ts';
import type { StopRow } from './measure.ts';
import type { StopStudyReport } from './study.ts';

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

/** Formats the results as text for a terminal. */
export const stopTable = (report: StopStudyReport): string =>
  `${table(HEAD, report.rows.map(cells))}\n${report.seconds.toFixed(0)} s of sound, real-time factor ${report.realTimeFactor.toFixed(3)}`;

/** Formats the results as a Markdown page. @param command command line that the page names as its source */
export function stopPage(
  report: StopStudyReport,
  voices: readonly Pick<TestVoice, 'name' | 'group'>[],
  command: string,
): string {
  const { low, medium, high } = DEFAULT_STOP_THRESHOLDS;
  return [
    '# Stop words',
    '',
    `Made by \`${command}\`; do not edit.`,
    '',
    ...voiceListLines(voices),
    '',
    `Each utterance ends with one of ${SPOTTED_STOP_WORDS.map((word) => `"${word}"`).join(', ')}. The complete listener detects it on two paths: the spotter during the word,`,
    'the grammar at the end of the utterance. *Threshold*: score above which a detection stops the arm at once; it comes from the',
    `stop-word network and, for an uncertain detection, from the command-word network as well (the robot uses ${high}).`,
    `A score between ${medium} and the threshold stops the arm if silence follows. A score of the first network above ${low} waits for the`,
    'recognised text, and a command clears it. *20 dB*, *10 dB*: signal-to-noise ratio with pink noise, motor noise and babble of the',
    'other voices, in equal numbers. *p95*: time from the end of the word to its detection. *Commands stopped*: share of commands in',
    'which a stop was detected, without noise and at 20 dB. *False*: stops detected without a stop word, per hour of continuous speech',
    '(chatter, commands without noise), of motor sound and of silence.',
    '',
    'The network was trained with flite slt, awb and rms, SVOX Pico, many eSpeak voices and recordings of one woman without stop words.',
    "It was trained with none of Festival's voices. The speakers of kal_diphone and ked_diphone are in none of the training voices;",
    'cmu_us_slt_arctic_hts has the same speaker as flite slt. The threshold in use was chosen with this table.',
    '',
    'A missed stop is worse than a false one. This is a protective stop, not an emergency stop: keep the button within reach.',
    '',
    ...markdownTable(HEAD, report.rows.map(cells)),
    '',
    `${report.seconds.toFixed(0)} s of sound; recognition, once with each threshold, took ${report.realTimeFactor.toFixed(3)} of that time on one core.`,
    '',
  ].join('\n');
}
