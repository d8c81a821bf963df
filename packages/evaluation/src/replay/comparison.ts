import type { ActionChunk, Observation, RobotCommand } from '@praxis/core';
import type { SafetyEvent } from '@praxis/safety';
import type { ActionChunkMessage, CommandMessage, ObservationMessage } from '@praxis/wire';
import { SampleDigests } from '@praxis/wire/recording';
import { largestDifference, type NamedNumbers, type NumberDifference } from './difference.ts';
import type { RecordedPeriod } from './recorded-periods.ts';
import type { AlteredSample, ComparedCount, ComparedKind, FirstDifference } from './report.ts';

/** What the replay did in one period. */
export interface ReplayedPeriod {
  readonly observations: readonly Observation[];
  readonly chunks: readonly ActionChunk[];
  readonly loopCommands: readonly CopiedCommand[];
  readonly robotCommands: readonly CopiedCommand[];
  readonly safetyEvents: readonly SafetyEvent[];
  readonly safetyState: string;
}

/** A command whose buffers belong to it. */
export interface CopiedCommand {
  readonly group: string;
  readonly numbers: Float64Array;
}

/** Most altered samples that a report lists. */
const MAX_ALTERED = 10;

const KINDS: readonly ComparedKind[] = ['observation', 'chunk', 'loop_command', 'robot_command', 'safety'];

/** Copies a command. */
export const copyCommand = (group: string, command: RobotCommand): CopiedCommand => ({
  group,
  numbers:
    'twist' in command
      ? Float64Array.from(command.twist)
      : Float64Array.from([...command.position, command.gripperWidth]),
});

/** Compares the periods of a replay with the recorded ones. */
export class Comparison {
  readonly altered: AlteredSample[] = [];
  first: FirstDifference | undefined;
  readonly #digests = new SampleDigests();
  readonly #counts = new Map(KINDS.map((kind) => [kind, { compared: 0, differing: 0 }]));
  /** The first input that differed from the recorded one, of all periods so far. */
  #input: { readonly name: string; readonly time: number } | undefined;

  get counts(): Readonly<Record<ComparedKind, ComparedCount>> {
    return Object.fromEntries(this.#counts) as Record<ComparedKind, ComparedCount>;
  }

  /** Notes the samples of a period that are not those that were recorded. */
  observeSamples({ samples, index, time }: RecordedPeriod): void {
    for (const { stream, sample, intact } of samples) {
      if (intact || this.altered.length >= MAX_ALTERED) continue;
      this.altered.push({ stream, period: index, stamp: sample.stamp, time });
    }
  }

  /** Compares one period. */
  compare(recorded: RecordedPeriod, replayed: ReplayedPeriod): void {
    const { observations, chunks } = replayed;
    this.#each('observation', recorded, observations, recorded.observation, (is, was) =>
      this.#inputDifference(is, was, recorded),
    );
    this.#each('chunk', recorded, chunks, recorded.chunk, (is, was) =>
      largestDifference(numbersOf(is), recordedNumbers(was)),
    );
    this.#each('loop_command', recorded, replayed.loopCommands, recorded.loopCommand, commandDifference);
    this.#each('robot_command', recorded, replayed.robotCommands, recorded.robotCommand, commandDifference);
    this.#each('safety', recorded, replayed.safetyEvents, recorded.safetyEvent, (is, was) => {
      const same = is.cause === was.cause && is.to === was.to_state && is.from === was.from_state;
      return same && JSON.stringify(is.data) === was.data ? undefined : 'other';
    });
  }

  #each<T, R>(
    kind: ComparedKind,
    period: RecordedPeriod,
    values: readonly T[],
    recorded: readonly R[],
    differ: (value: T, recorded: R) => NumberDifference | 'other' | undefined,
  ): void {
    const count = this.#counts.get(kind)!;
    for (let i = 0; i < Math.max(values.length, recorded.length); i++) {
      count.compared++;
      const missing = i >= values.length || i >= recorded.length;
      const difference = missing ? 'other' : differ(values[i], recorded[i]);
      if (difference === undefined) continue;
      count.differing++;
      this.#noteFirst(kind, period, difference, missing ? (i >= values.length ? 'is missing' : 'is new') : 'differs');
    }
  }

  /** An observation that differs names its input; it is a difference of its own kind, since the actions may be equal. */
  #inputDifference(
    { inputs }: Observation,
    { inputs: names, present, ages, digests }: ObservationMessage,
    { time }: RecordedPeriod,
  ): 'other' | undefined {
    for (const [i, name] of names.entries()) {
      const input = inputs.get(name);
      const same =
        input !== undefined &&
        input.present === present[i] &&
        Object.is(input.age, ages[i]) &&
        this.#digests.ofAll(input.samples) === digests[i];
      if (same) continue;
      this.#input ??= { name, time };
      return 'other';
    }
    return undefined;
  }

  #noteFirst(
    kind: ComparedKind,
    { index, time }: RecordedPeriod,
    difference: NumberDifference | 'other',
    how: string,
  ): void {
    if (this.first) return;
    const stream = this.altered[0]?.stream ?? this.#input?.name;
    this.first = {
      ...{ period: index, time, kind },
      ...(difference === 'other' ? {} : { largest: difference }),
      ...(stream === undefined ? {} : { stream }),
      cause: `${KIND_WORDS[kind]} ${how}: ${this.#cause(kind)}`,
    };
  }

  #cause(kind: ComparedKind): string {
    const [altered] = this.altered;
    if (altered)
      return `stream ${altered.stream}, whose sample of ${altered.stamp.toFixed(4)} s is not the recorded one`;
    if (this.#input) return `input ${this.#input.name}, which the streams now compute otherwise`;
    return kind === 'chunk' || kind === 'observation'
      ? 'no stream; every input is equal, so that policy, build or backend differ'
      : 'no stream and no action; the control of this build differs';
  }
}

const KIND_WORDS: Readonly<Record<ComparedKind, string>> = {
  observation: 'the observation',
  chunk: "the policy's chunk",
  loop_command: "the loop's command",
  robot_command: "the supervisor's command",
  safety: "the supervisor's event",
};

const numbersOf = ({ blocks }: ActionChunk): NamedNumbers =>
  new Map(Object.entries(blocks).map(([name, { data }]) => [name, data]));

const recordedNumbers = ({ blocks }: ActionChunkMessage): NamedNumbers =>
  new Map(blocks.map(({ name, data }) => [name, data]));

function commandDifference(is: CopiedCommand, was: CommandMessage): NumberDifference | undefined {
  const numbers = was.twist.length > 0 ? was.twist : Float64Array.from([...was.position, was.gripper_width]);
  return largestDifference(new Map([[is.group, is.numbers]]), new Map([[was.group, numbers]]));
}
