import type { SignalSpec, Stamped, StreamValue } from '@praxis/core';
import { SampleOrder, Staleness, sampleFault } from '@praxis/core';
import type { Reaction } from '../../config/filter-config.ts';
import type { StreamRule } from '../../config/safety-config.ts';

/** Counts of a stream's samples by their treatment. */
export interface SampleCounts {
  /** Newer than all previous ones, and good. */
  accepted: number;
  /** Ignored: older than a previous one. */
  reordered: number;
  /** Ignored: stamped like the previous one. */
  duplicated: number;
  /** Ignored: stamped in the future. */
  ahead: number;
  /** Jumps of the stamps' clock, after each of which the stream started anew. */
  restarted: number;
  /** Ignored: violates the spec or is not finite. */
  bad: number;
}

/** Checks each sample of one stream and stores the state that its fault monitors need. Allocates only for a fault. */
export class StreamMonitor {
  readonly spec: SignalSpec;
  readonly rule: StreamRule;
  readonly counts: SampleCounts = {
    accepted: 0,
    reordered: 0,
    duplicated: 0,
    ahead: 0,
    restarted: 0,
    bad: 0,
  };
  /** Number of bad samples since the last good one. */
  badInRow = 0;
  /** Defect of the last bad sample. */
  lastFault = '';
  /** Number of successive new samples with exactly the same value. */
  sameInRow = 0;
  /** Step of the stamps (s) if the stream started anew with the newest sample after a jump of their clock, else 0. */
  jump = 0;
  /** Reason for the end of the stream; undefined while it runs, also after it has begun again. */
  ended: string | undefined;
  /** False while nothing that moves the arm reads the stream: its faults are then reported and stop nothing. */
  #needed = true;
  readonly #faultOf: typeof sampleFault;
  readonly #order: SampleOrder;
  readonly #staleness = new Staleness();
  #value: StreamValue | undefined;

  /**
   * @param ahead largest time by which a stamp may lie in the future (s)
   * @param faultOf check of a sample's value against the spec
   */
  constructor(spec: SignalSpec, rule: StreamRule, ahead: number, faultOf: typeof sampleFault = sampleFault) {
    this.spec = spec;
    this.#faultOf = faultOf;
    this.rule = rule;
    this.#order = new SampleOrder({ maximumAhead: ahead });
  }

  /** See {@link setNeeded}. */
  get needed(): boolean {
    return this.#needed;
  }

  /**
   * Sets whether the stream is read. Equal values from before it was read are no fault: a camera of an arm that a person drove may
   * have seen nothing move.
   */
  setNeeded(needed: boolean): void {
    if (needed && !this.#needed) this.sameInRow = 0;
    this.#needed = needed;
  }

  /** The reaction to a fault for which the rule says this one. */
  reactionOf(reaction: Reaction): Reaction {
    return this.#needed || reaction === 'ignore' ? reaction : 'report';
  }

  /** Stamp of the newest accepted sample (s). */
  get stamp(): number {
    return this.#order.newest;
  }

  /** Counts the age from now (s) until a sample arrives. */
  begin(now: number): void {
    this.#staleness.begin(now);
  }

  /** Time since the newest sample's stamp (s), or since the beginning without a sample. */
  age(now: number): number {
    return this.#staleness.age(now);
  }

  /**
   * Checks a sample. Returns true if it is newer than all previous ones and satisfies its spec; only then may the
   * caller use it.
   * @param motion whether the arm is moving
   */
  acceptSample(sample: Stamped<StreamValue>, now: number, motion: 'moving' | 'standing'): boolean {
    const { value, stamp } = sample;
    const verdict = this.#order.judge(stamp, now);
    if (verdict !== 'newer' && verdict !== 'restarted' && verdict !== 'unstamped') {
      this.counts[verdict]++;
      return false;
    }
    const fault = Number.isFinite(stamp) ? this.#faultOf(value, this.spec) : `${this.spec.name}: stamp ${stamp}`;
    if (fault !== undefined) {
      this.reject(fault);
      return false;
    }
    this.badInRow = 0;
    this.ended = undefined;
    this.counts.accepted++;
    this.jump = verdict === 'restarted' ? stamp - this.#order.newest : 0;
    this.#order.accept(stamp);
    if (this.jump === 0) this.#staleness.refresh(stamp);
    else {
      this.counts.restarted++;
      this.#staleness.replace(stamp);
    }
    this.#compare(value, motion);
    return true;
  }

  /**
   * Discards the faults that no sample of a standing arm could end: its sensors may repeat a value that has to change in
   * motion, and after a bad event no other event is due.
   */
  expectStandstill(): void {
    if (this.rule.frozen?.when === 'moving') this.sameInRow = 0;
    if (this.spec.rateHz === 0) this.badInRow = 0;
  }

  /** Counts a bad sample. @param fault its defect in one line */
  reject(fault: string): void {
    this.counts.bad++;
    this.badInRow++;
    this.lastFault = fault;
  }

  /** Discards all stamps after a jump of the clock. */
  restartTiming(now: number): void {
    this.#order.reset();
    this.#staleness.restart(now);
  }

  /**
   * Counts samples of equal value. A stream of a standing arm may be constant, so a rule may count only samples in
   * motion.
   */
  #compare(value: StreamValue, motion: 'moving' | 'standing'): void {
    const { frozen } = this.rule;
    if (!frozen) return;
    if (this.#value === undefined || !sameValue(this.#value, value)) this.sameInRow = 0;
    else if (frozen.when === 'always' || motion === 'moving') this.sameInRow++;
    this.#value = value;
  }
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** True when two samples of one stream hold equal numbers. It stops at the first difference and allocates nothing. */
function sameValue(a: StreamValue, b: StreamValue): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  if (ArrayBuffer.isView(a)) return ArrayBuffer.isView(b) && sameNumbers(a as Float64Array, b as Float64Array);
  if (ArrayBuffer.isView(b)) return false;
  if ('data' in a) return 'data' in b && sameNumbers(a.data, b.data);
  return !('data' in b) && sameNumbers(a.position, b.position) && sameNumbers(a.velocity, b.velocity);
}
