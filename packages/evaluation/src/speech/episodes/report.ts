import { markdownTable, percent, table } from '../../report/format.ts';
import { wilson95 } from '../../report/statistics.ts';
import { NOISES } from '../sound.ts';
import type { InstructionTrial, TrialOutcome } from './instruction-trial.ts';
import type { SpokenInstruction } from './spoken-instruction.ts';

/** One episode twice: the same scene and wish, told by text and by speech. */
export interface PairedEpisode extends InstructionTrial {
  readonly spoken: SpokenInstruction;
  readonly succeeded: { readonly text: boolean; readonly speech: boolean };
}

/** @param outcome with all its episodes played */
export function pairOf(trial: InstructionTrial, { spoken, succeeded }: TrialOutcome): PairedEpisode {
  const { understood } = spoken;
  const speech = understood.kind === 'instruction' && succeeded[understood.text];
  return { ...trial, spoken, succeeded: { text: succeeded[trial.text], speech } };
}

interface Rate {
  readonly successes: number;
  readonly success_rate: number;
  readonly wilson95: readonly [number, number];
}

export interface SpokenReport {
  readonly episodes: number;
  readonly text: Rate;
  readonly speech: Rate;
  /** Percentage points that speech is below text. */
  readonly difference_points: number;
  /** Episodes by what was understood; the kinds are all there are. */
  readonly understood: {
    /** The very instruction that the text gives. */
    readonly as_written: number;
    readonly another_instruction: number;
    readonly another_command: number;
    readonly stop: number;
    readonly rejected: number;
  };
  /** Said a second time, whatever came of it. */
  readonly said_again: number;
  readonly by_noise: Readonly<Record<string, { readonly episodes: number; readonly speech: number }>>;
  /** Episodes in which speech did not do what text did. */
  readonly differing: readonly PairedEpisode[];
}

export function spokenReport(pairs: readonly PairedEpisode[]): SpokenReport {
  const episodes = pairs.length;
  const count = (of: (pair: PairedEpisode) => boolean) => pairs.filter(of).length;
  const rate = (by: 'text' | 'speech'): Rate => {
    const successes = count(({ succeeded }) => succeeded[by]);
    return { successes, success_rate: successes / episodes, wilson95: wilson95(successes, episodes) };
  };
  const understood = (kind: SpokenInstruction['understood']['kind']) =>
    count(({ spoken }) => spoken.understood.kind === kind);
  const as_written = count(isAsWritten);
  const [text, speech] = [rate('text'), rate('speech')];
  const by_noise = NOISES.map((noise) => {
    const those = pairs.filter(({ spoken }) => spoken.noise === noise);
    return [noise, { episodes: those.length, speech: those.filter(({ succeeded }) => succeeded.speech).length }];
  });
  return {
    episodes,
    text,
    speech,
    difference_points: 100 * (text.success_rate - speech.success_rate),
    understood: {
      as_written,
      another_instruction: understood('instruction') - as_written,
      another_command: understood('other command'),
      stop: understood('stop'),
      rejected: understood('rejected'),
    },
    said_again: count(({ spoken }) => spoken.heard.length > 1),
    by_noise: Object.fromEntries(by_noise),
    differing: pairs.filter(({ succeeded }) => succeeded.text !== succeeded.speech),
  };
}

const isAsWritten = ({ text, spoken: { understood } }: PairedEpisode): boolean =>
  understood.kind === 'instruction' && understood.text === text;

function summarize(understood: SpokenInstruction['understood']): string {
  switch (understood.kind) {
    case 'stop':
      return `heard "${understood.word}"`;
    case 'other command':
      return `taken for "${understood.command}"`;
    case 'instruction':
      return 'told that';
    case 'rejected':
      return 'rejected';
  }
}

const COLUMNS = ['told by', 'episodes', 'successes', 'rate', 'Wilson 95 %'];
const rows = ({ episodes, text, speech }: SpokenReport): readonly (readonly string[])[] =>
  Object.entries({ text, speech }).map(
    ([
      by,
      {
        successes,
        success_rate,
        wilson95: [low, high],
      },
    ]) => [by, String(episodes), String(successes), percent(success_rate), `${percent(low)} .. ${percent(high)}`],
  );

const remarks = ({ difference_points, understood, said_again, by_noise }: SpokenReport): readonly string[] => [
  `Speech is ${difference_points.toFixed(1)} points below text.`,
  `Understood as written in ${understood.as_written}, as another instruction in ${understood.another_instruction}, as another ` +
    `command in ${understood.another_command}, as a stop in ${understood.stop}, not at all in ${understood.rejected}; said a ` +
    `second time in ${said_again}.`,
  `Successes by speech: ${Object.entries(by_noise)
    .map(([noise, { episodes, speech }]) => `${speech} of ${episodes} in ${noise}`)
    .join(', ')}.`,
];

/** For people at a terminal. */
export const spokenTable = (report: SpokenReport): string =>
  [table(COLUMNS, rows(report)), ...remarks(report)].join('\n');

export interface SpokenFacts {
  readonly task: string;
  readonly policy: string;
  readonly seed: number;
  readonly decibels: number;
  readonly voices: readonly string[];
  /** That made it. */
  readonly command: string;
}

/** As Markdown. */
export const spokenPage = (report: SpokenReport, facts: SpokenFacts): string =>
  [
    '# The same episodes by text and by speech',
    '',
    `Made by \`${facts.command}\`; do not edit. Task \`${facts.task}\`, policy ${facts.policy}, seeds from ${facts.seed}; noise (pink, a motor, babble`,
    `in turn) ${facts.decibels} dB below what is said. Voices: ${facts.voices.join(', ')}.`,
    '',
    'Each wish goes through the command language: as it is written, and as the listener understands it when a synthetic voice says it, noise',
    'suppression, voice activity, recognition and stop words included. What comes of it is the instruction of the same episode in lock',
    'step. What is rejected is said once more; rejected twice, taken for another command or for a stop, it is a failure.',
    '',
    ...markdownTable(COLUMNS, rows(report)),
    '',
    ...remarks(report),
    '',
    ...(report.differing.length === 0
      ? []
      : [
          'Where they differ:',
          '',
          ...markdownTable(
            ['seed', 'voice', 'noise', 'said', 'heard', 'text', 'speech'],
            report.differing.map(({ seed, written, spoken, succeeded }) => [
              String(seed),
              spoken.speaker,
              spoken.noise,
              written,
              spoken.heard.map((text) => text.replaceAll('|', '/') || '(nothing)').join('; '),
              succeeded.text ? 'success' : 'failure',
              succeeded.speech ? 'success' : `failure (${summarize(spoken.understood)})`,
            ]),
          ),
          '',
        ]),
  ].join('\n');
