import { markdownTable, percent, table } from '../../report/format.ts';
import { wilson95 } from '../../report/statistics.ts';
import { NOISES } from '../sound.ts';
import type { InstructionTrial, TrialOutcome } from './instruction-trial.ts';
import type { SpokenInstruction } from './spoken-instruction.ts';

/** One episode with the same scene and goal, instructed by text and by speech. */
export interface PairedEpisode extends InstructionTrial {
  readonly spoken: SpokenInstruction;
  readonly succeeded: { readonly text: boolean; readonly speech: boolean };
}

/** Pairs the results of a trial by text and by speech. @param outcome outcome with all its episodes */
export function pairOf(trial: InstructionTrial, { spoken, succeeded }: TrialOutcome): PairedEpisode {
  const { understood } = spoken;
  const speech = understood.kind === 'instruction' && succeeded[understood.text];
  return { ...trial, spoken, succeeded: { text: succeeded[trial.text], speech } };
}

/** Success rate 0..1 with its 95 % Wilson interval. */
export interface Rate {
  readonly successes: number;
  readonly success_rate: number;
  readonly wilson95: readonly [number, number];
}

/** Compares success by text and by speech: the JSON object of `praxis voice episodes --json`. */
export interface SpokenReport {
  readonly episodes: number;
  readonly text: Rate;
  readonly speech: Rate;
  /** Success rate by text minus success rate by speech, in percentage points. */
  readonly difference_points: number;
  /** Number of episodes by the kind of the recognised utterance; the kinds are exhaustive. */
  readonly understood: {
    /** The instruction is identical to the one by text. */
    readonly as_written: number;
    readonly another_instruction: number;
    readonly another_command: number;
    readonly stop: number;
    readonly rejected: number;
  };
  /** Number of episodes with a second attempt. */
  readonly second_attempts: number;
  /** Number of episodes and of successes by speech, by noise. */
  readonly by_noise: Readonly<Record<string, { readonly episodes: number; readonly speech: number }>>;
  /** Episodes in which text and speech had different success. */
  readonly differing: readonly PairedEpisode[];
}

/** Computes the report of paired episodes. */
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
    second_attempts: count(({ spoken }) => spoken.recognisedTexts.length > 1),
    by_noise: Object.fromEntries(by_noise),
    differing: pairs.filter(({ succeeded }) => succeeded.text !== succeeded.speech),
  };
}

const isAsWritten = ({ text, spoken: { understood } }: PairedEpisode): boolean =>
  understood.kind === 'instruction' && understood.text === text;

function summarize(understood: SpokenInstruction['understood']): string {
  switch (understood.kind) {
    case 'stop':
      return `recognised "${understood.word}"`;
    case 'other command':
      return `understood as "${understood.command}"`;
    case 'instruction':
      return 'with that instruction';
    case 'rejected':
      return 'rejected';
  }
}

const COLUMNS = ['instructed by', 'episodes', 'successes', 'rate', 'Wilson 95 %'];
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

const remarks = ({ difference_points, understood, second_attempts, by_noise }: SpokenReport): readonly string[] => [
  `The success rate by speech is ${difference_points.toFixed(1)} percentage points below that by text.`,
  `The instruction was understood as written in ${understood.as_written} episodes, as another instruction in ` +
    `${understood.another_instruction}, as another command in ${understood.another_command}, as a stop in ${understood.stop}, and ` +
    `rejected in ${understood.rejected}; ${second_attempts} needed a second attempt.`,
  `Successes by speech: ${Object.entries(by_noise)
    .map(([noise, { episodes, speech }]) => `${speech} of ${episodes} in ${noise}`)
    .join(', ')}.`,
];

/** Formats the report as text for a terminal. */
export const spokenTable = (report: SpokenReport): string =>
  [table(COLUMNS, rows(report)), ...remarks(report)].join('\n');

/** The options of a measurement that its page repeats. */
export interface SpokenFacts {
  readonly task: string;
  /** Name of the policy. */
  readonly policy: string;
  /** First seed. */
  readonly seed: number;
  /** Signal-to-noise ratio (dB). */
  readonly decibels: number;
  /** Names of the voices. */
  readonly voices: readonly string[];
  /** Command line that the page names as its source. */
  readonly command: string;
}

/** Formats the report as a Markdown page. */
export const spokenPage = (report: SpokenReport, facts: SpokenFacts): string =>
  [
    '# The same episodes by text and by speech',
    '',
    `Made by \`${facts.command}\`; do not edit. Task \`${facts.task}\`, policy ${facts.policy}, seeds from ${facts.seed}; noise (pink, motor,`,
    `babble in turn) ${facts.decibels} dB below the speech. Voices: ${facts.voices.join(', ')}.`,
    '',
    'Each instruction passes through the command language twice: as written text, and as the listener recognises it from a synthetic',
    'voice, with noise suppression, voice activity detection, recognition and stop-word spotting. The result is the instruction of the',
    'same episode in lock step. A rejected utterance is repeated once. An utterance that is rejected twice, or understood as another',
    'command or as a stop, counts as a failure.',
    '',
    ...markdownTable(COLUMNS, rows(report)),
    '',
    ...remarks(report),
    '',
    ...(report.differing.length === 0
      ? []
      : [
          'Episodes in which text and speech differ:',
          '',
          ...markdownTable(
            ['seed', 'voice', 'noise', 'spoken', 'recognised', 'text', 'speech'],
            report.differing.map(({ seed, written, spoken, succeeded }) => [
              String(seed),
              spoken.voice,
              spoken.noise,
              written,
              spoken.recognisedTexts.map((text) => text.replaceAll('|', '/') || '(nothing)').join('; '),
              succeeded.text ? 'success' : 'failure',
              succeeded.speech ? 'success' : `failure (${summarize(spoken.understood)})`,
            ]),
          ),
          '',
        ]),
  ].join('\n');
