import {
  countSample,
  type InOrderOptions,
  type JointState,
  missingBetween,
  SampleOrder,
  type SampleVerdict,
  type Stamped,
} from '@praxis/core';
import { Observable, type OperatorFunction } from 'rxjs';

/** A velocity is the difference of two positions that lie at least this far apart (s): the stamps of drivers jitter. */
const DIFFERENCE_INTERVAL_S = 0.01;

/** Options of {@link JointMerger}. */
export interface JointMergerOptions {
  /** Joints of the samples, in their order. */
  readonly names: readonly string[];
  /** Joints that may be published less often than the others, such as those of a gripper. */
  readonly slower: readonly string[];
  /** A joint whose stamp differs by more than this (s) from the newest one of the others is missing. */
  readonly maximumAge: number;
  /** Largest time (s) by which a stamp may lie in the future. */
  readonly maximumAhead: number;
  /** Called with the joints whose velocity no message has, once for each joint. */
  readonly onVelocityDerived: (names: readonly string[]) => void;
}

/**
 * Merges readings of some joints to samples of all, by name. A sample follows as soon as each joint has a new reading, except the
 * slower ones, which keep their last one up to the maximum age. Its stamp is that of the oldest reading, the slower joints apart.
 * Where no velocity is measured it is the slope of the positions over the last 10 to 20 ms.
 */
export class JointMerger {
  readonly #names: readonly string[];
  readonly #joints: readonly Joint[];
  /** The joints whose readings make a sample due. */
  readonly #leading: readonly Joint[];
  readonly #maximumAge: number;
  readonly #onVelocityDerived: (names: readonly string[]) => void;
  /** Joints of which it was told that no message has their velocity. */
  readonly #told = new Set<Joint>();

  constructor({ names, slower, maximumAge, maximumAhead, onVelocityDerived }: JointMergerOptions) {
    this.#names = [...names];
    this.#joints = names.map((name) => new Joint(name, new SampleOrder({ maximumAhead }), maximumAge));
    const leading = this.#joints.filter(({ name }) => !slower.includes(name));
    this.#leading = leading.length > 0 ? leading : this.#joints;
    this.#maximumAge = maximumAge;
    this.#onVelocityDerived = onVelocityDerived;
  }

  /** The reason why the readings so far make no sample; empty when they do. */
  get fault(): string {
    const listed = (what: string, joints: readonly Joint[], when: string): string =>
      `no ${what} of ${joints.map(({ name }) => name).join(', ')} ${when}`;
    const unknown = this.#joints.filter(({ known }) => !known);
    if (unknown.length > 0) return listed('state', unknown, 'yet');
    const newest = Math.max(...this.#joints.map(({ stamp }) => stamp));
    const late = this.#joints.filter(({ stamp }) => newest - stamp > this.#maximumAge);
    if (late.length > 0) return listed('state', late, `for ${(newest - oldestOf(late)).toFixed(2)} s`);
    const unmeasured = this.#joints.filter(({ velocity }) => Number.isNaN(velocity));
    return unmeasured.length > 0 ? listed('velocity', unmeasured, 'yet') : '';
  }

  /** Orders the readings of one topic joint by joint, and merges them with those of the other topics. */
  merge({
    counters,
    maximumDelay = Infinity,
    rateHz = 0,
    onLeftOut,
    onRestart,
  }: InOrderOptions<JointState>): OperatorFunction<Stamped<JointState>, Stamped<JointState>> {
    return (source) =>
      new Observable((subscriber) => {
        let before = -Infinity;
        return source.subscribe({
          next: (reading) => {
            const { verdict, step } = this.#accept(reading);
            if (counters) countSample(counters, verdict, reading.received - reading.stamp > maximumDelay);
            if (verdict === 'restarted') onRestart?.(reading, step);
            else if (verdict !== 'newer') {
              onLeftOut?.(reading, verdict);
              return;
            }
            const value = this.#sample();
            if (value === undefined) return;
            const stamp = oldestOf(this.#leading);
            if (counters) counters.missing += missingBetween(before, stamp, rateHz);
            before = stamp;
            subscriber.next({ value, stamp, received: reading.received });
          },
          error: (error: unknown) => subscriber.error(error),
          complete: () => subscriber.complete(),
        });
      });
  }

  /**
   * Stores what a reading says of joints for which it is newer. A reading without any of the joints is of other ones.
   * @returns how it follows the readings before it, and with `restarted` the step of the stamps (s)
   */
  #accept({ value, stamp, received }: Stamped<JointState>): { verdict: SampleVerdict; step: number } {
    let result: { verdict: SampleVerdict; step: number } | undefined;
    for (const [i, joint] of this.#joints.entries()) {
      if (Number.isNaN(value.position[i])) continue;
      const verdict = joint.order.judge(stamp, received);
      const accepted = verdict === 'newer' || verdict === 'restarted';
      if (result === undefined || accepted) result = { verdict, step: stamp - joint.stamp };
      if (accepted) joint.update(stamp, value.position[i], value.velocity[i], value.effort?.[i] ?? Number.NaN);
    }
    return result ?? { verdict: 'newer', step: 0 };
  }

  #sample(): JointState | undefined {
    if (!this.#leading.every(({ isNew }) => isNew)) return undefined;
    const newest = Math.max(...this.#leading.map(({ stamp }) => stamp));
    for (const { stamp, velocity } of this.#joints)
      if (!(Math.abs(newest - stamp) <= this.#maximumAge) || Number.isNaN(velocity)) return undefined;
    for (const joint of this.#joints) joint.isNew = false;
    this.#reportDerived();
    const state = {
      names: this.#names,
      position: Float64Array.from(this.#joints, ({ position }) => position),
      velocity: Float64Array.from(this.#joints, ({ velocity }) => velocity),
    };
    const effort = Float64Array.from(this.#joints, ({ effort }) => effort);
    return effort.every(Number.isNaN) ? state : { ...state, effort };
  }

  #reportDerived(): void {
    const derived = this.#joints.filter((joint) => !joint.velocityMeasured && !this.#told.has(joint));
    if (derived.length === 0) return;
    for (const joint of derived) this.#told.add(joint);
    this.#onVelocityDerived(derived.map(({ name }) => name));
  }
}

const oldestOf = (joints: readonly Joint[]): number => Math.min(...joints.map(({ stamp }) => stamp));

/** A position (rad or m) at a time (s). */
interface Place {
  readonly stamp: number;
  readonly position: number;
}

/** The newest reading of one joint. */
class Joint {
  readonly name: string;
  readonly order: SampleOrder;
  stamp = Number.NaN;
  position = Number.NaN;
  /** Measured velocity, or the slope of the positions; NaN as long as there is neither. */
  velocity = Number.NaN;
  velocityMeasured = false;
  effort = Number.NaN;
  /** True for a reading that no sample has yet. */
  isNew = false;
  readonly #maximumGap: number;
  /** The place from which the slope is taken, and the next one. */
  #from: Place | undefined;
  #next: Place | undefined;

  constructor(name: string, order: SampleOrder, maximumGap: number) {
    this.name = name;
    this.order = order;
    this.#maximumGap = maximumGap;
  }

  get known(): boolean {
    return !Number.isNaN(this.position);
  }

  update(stamp: number, position: number, velocity: number, effort: number): void {
    const slope = this.#slopeTo({ stamp, position });
    this.order.accept(stamp);
    this.stamp = stamp;
    this.position = position;
    this.effort = effort;
    this.velocityMeasured = !Number.isNaN(velocity);
    this.velocity = this.velocityMeasured ? velocity : slope;
    this.isNew = true;
  }

  /** Slope from the newest kept place that is far enough from the new one; NaN after a gap, or when the stamps went back. */
  #slopeTo(to: Place): number {
    const last: Place = { stamp: this.stamp, position: this.position };
    const isFar = (place: Place | undefined): boolean =>
      place !== undefined && to.stamp - place.stamp >= DIFFERENCE_INTERVAL_S;
    if (!(to.stamp > last.stamp && to.stamp - last.stamp <= this.#maximumGap)) {
      this.#from = this.#next = undefined;
      return Number.NaN;
    }
    if (this.#from === undefined || isFar(last)) {
      this.#from = last;
      this.#next = undefined;
    } else if (this.#next === undefined || isFar(this.#next)) {
      this.#from = this.#next ?? this.#from;
      this.#next = last;
    }
    return (to.position - this.#from.position) / (to.stamp - this.#from.stamp);
  }
}
