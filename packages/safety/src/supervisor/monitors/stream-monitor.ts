import type { SignalSpec, Stamped, StreamValue } from '@praxis/core';
import { SampleOrder, Staleness, sampleFault } from '@praxis/core';
import type { StreamRule } from '../../config/safety-config.ts';
import { sameValue } from './same-value.ts';

/** What became of a stream's samples. */
export interface SampleCounts {
  /** Newer than all before, and acted on. */
  taken: number;
  /** Older than one that had come before: ignored. */
  reordered: number;
  /** Of the same stamp as the one before: ignored. */
  duplicated: number;
  /** Stamped later than now: ignored. */
  ahead: number;
  /** Not as the spec says, or not finite: ignored. */
  bad: number;
}

/** Judges each sample of one stream, and remembers of the last ones what the watches ask for. Allocates for a fault only. */
export class StreamMonitor {
  readonly spec: SignalSpec;
  readonly rule: StreamRule;
  readonly counts: SampleCounts = { taken: 0, reordered: 0, duplicated: 0, ahead: 0, bad: 0 };
  /** Bad samples since the last good one. */
  badInRow = 0;
  /** What was wrong with the last bad one. */
  lastFault = '';
  /** New samples whose value was the very same as the one before. */
  sameInRow = 0;
  /** The stream ended; why. */
  ended: string | undefined;
  readonly #order: SampleOrder;
  readonly #staleness = new Staleness();
  #value: StreamValue | undefined;

  /** @param ahead how far a stamp may lie in the future (s) */
  constructor(spec: SignalSpec, rule: StreamRule, ahead: number) {
    this.spec = spec;
    this.rule = rule;
    this.#order = new SampleOrder({ maximumAhead: ahead });
  }

  /** Stamp of the newest sample that was taken (s). */
  get stamp(): number {
    return this.#order.newest;
  }

  /** Silence counts from now on, until a sample comes. */
  begin(now: number): void {
    this.#staleness.begin(now);
  }

  /** Seconds since the newest sample's stamp, or since the beginning while none has come. */
  age(now: number): number {
    return this.#staleness.age(now);
  }

  /**
   * True when the sample is newer than all before and as its spec says: then it may be acted on.
   * @param motion whether the arm is being moved
   */
  take(sample: Stamped<StreamValue>, now: number, motion: 'moving' | 'standing'): boolean {
    const { value, stamp } = sample;
    const verdict = this.#order.judge(stamp, now);
    if (verdict !== 'newer' && verdict !== 'unstamped') {
      this.counts[verdict]++;
      return false;
    }
    const fault = Number.isFinite(stamp) ? sampleFault(value, this.spec) : `${this.spec.name}: stamp ${stamp}`;
    if (fault !== undefined) {
      this.counts.bad++;
      this.badInRow++;
      this.lastFault = fault;
      return false;
    }
    this.badInRow = 0;
    this.counts.taken++;
    this.#order.accept(stamp);
    this.#staleness.heard(stamp);
    this.#compare(value, motion);
    return true;
  }

  /** The clock jumped: stamps from before say nothing about those to come. */
  forget(now: number): void {
    this.#order.reset();
    this.#staleness.restart(now);
  }

  /** Standing still may look frozen: where the rule says so, only sameness in motion counts. */
  #compare(value: StreamValue, motion: 'moving' | 'standing'): void {
    const { frozen } = this.rule;
    if (!frozen) return;
    if (this.#value === undefined || !sameValue(this.#value, value)) this.sameInRow = 0;
    else if (frozen.when === 'always' || motion === 'moving') this.sameInRow++;
    this.#value = value;
  }
}
