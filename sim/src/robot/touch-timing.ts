import { InputError, type Random, type Wrench } from '@praxis/core';
import { DelayLine } from './delay-line.ts';
import type { RobotSetup } from './setup.ts';

/**
 * Of which moment the readings of the wrist sensors are, where it is not that of their stamps. `delay`: so many seconds before. `shuffled`:
 * another one of the last seconds, in no order. No stamp shows it: a driver that stamps what it reads from a buffer, or a wrong clock, does
 * the same.
 */
export type TouchTiming = { readonly kind: 'delay'; readonly seconds: number } | { readonly kind: 'shuffled' };

/** Longest delay (s). */
const MAX_DELAY_S = 5;

/** Reads a timing from a text such as `delay:0.3` or `shuffled`. @throws {InputError} for another text */
export function parseTouch(text: string): TouchTiming {
  if (text === 'shuffled') return { kind: 'shuffled' };
  const [kind, value = '', ...rest] = text.split(':');
  const seconds = Number(value);
  if (kind === 'delay' && value.trim() !== '' && rest.length === 0 && seconds > 0 && seconds <= MAX_DELAY_S)
    return { kind, seconds };
  throw new InputError(
    `touch ${text}: expected shuffled, or delay:SECONDS with more than 0 and at most ${MAX_DELAY_S} s`,
  );
}

/** Writes a timing as a text that {@link parseTouch} reads. */
export const touchText = (timing: TouchTiming): string =>
  timing.kind === 'delay' ? `delay:${timing.seconds}` : timing.kind;

/** Checks that a robot has what a timing changes. @throws {InputError} that names the robot */
export function checkTouch(
  timing: TouchTiming | undefined,
  { name, workingArm }: Pick<RobotSetup, 'name' | 'workingArm'>,
): void {
  if (timing && !workingArm?.sensorLink)
    throw new InputError(`touch ${touchText(timing)}: robot ${name} has no force sensor`);
}

/** Gives the true wrench that a sensor shows at a time. */
export interface WrenchMoment {
  /**
   * Returns the wrench of the moment that the reading at `now` (s) shows. Call it once a sample.
   * @param wrench true wrench at `now` in the sensor's frame (N, Nm); it is copied
   */
  at(now: number, wrench: Wrench): Wrench;
}

/** The moments of one sensor. @param random source of the order of shuffled pieces; nothing else may draw from it */
export const wrenchMoment = (timing: TouchTiming, random: Random): WrenchMoment =>
  timing.kind === 'delay' ? new DelayedWrench(timing.seconds) : new ShuffledWrench(random);

/** The wrench of some time ago. The robot was at rest before its first sample, which stands for all earlier ones. */
class DelayedWrench implements WrenchMoment {
  readonly #line: DelayLine<Wrench>;
  #shown: Wrench | undefined;

  /** @param seconds delay (s) */
  constructor(seconds: number) {
    this.#line = new DelayLine(seconds);
  }

  at(now: number, wrench: Wrench): Wrench {
    const copy = wrench.slice();
    this.#line.enqueue(now, copy);
    this.#shown = this.#line.dequeueDue(now) ?? this.#shown ?? copy;
    return this.#shown;
  }
}

/** Samples of one piece: 0.1 s at 500 Hz. Within it the order stays, so that a filter of the sensor's rate sees no more noise than before. */
const PIECE_SAMPLES = 50;
/** Pieces of one block: 2 s. */
const BLOCK_PIECES = 20;
const BLOCK_SAMPLES = PIECE_SAMPLES * BLOCK_PIECES;
const AXES = 6;

/**
 * Plays the pieces of the block before in random order while it records the next one. Every sample is shown exactly once, 0.1 to 3.9 s after
 * it was measured and 2 s in the mean. The first block shows the robot at rest.
 */
class ShuffledWrench implements WrenchMoment {
  readonly #random: Random;
  readonly #order = Array.from({ length: BLOCK_PIECES }, (_, piece) => piece);
  #played: Float64Array | undefined;
  #recorded: Float64Array = new Float64Array(BLOCK_SAMPLES * AXES);
  #next = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  at(_now: number, wrench: Wrench): Wrench {
    if (!this.#played) {
      this.#played = new Float64Array(BLOCK_SAMPLES * AXES);
      for (let i = 0; i < BLOCK_SAMPLES; i++) this.#played.set(wrench, i * AXES);
    }
    const i = this.#next;
    const piece = this.#order[Math.floor(i / PIECE_SAMPLES)];
    const from = (piece * PIECE_SAMPLES + (i % PIECE_SAMPLES)) * AXES;
    const shown = this.#played.slice(from, from + AXES);
    this.#recorded.set(wrench, i * AXES);
    this.#next = i + 1;
    if (this.#next === BLOCK_SAMPLES) {
      [this.#played, this.#recorded] = [this.#recorded, this.#played];
      this.#random.shuffle(this.#order);
      this.#next = 0;
    }
    return shown;
  }
}
