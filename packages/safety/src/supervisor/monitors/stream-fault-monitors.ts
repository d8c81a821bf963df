import { isStale } from '@praxis/core';
import type { Reaction } from '../../config/filter-config.ts';
import type { FrozenRule } from '../../config/safety-config.ts';
import type { SafetyData } from '../states/state-machine.ts';
import { type Monitor, milliseconds } from './monitor.ts';
import type { StreamMonitor } from './stream-monitor.ts';

/** Ends the message about a stream that nothing reads, so that the reader knows why it stops nothing. */
const ending = ({ needed }: StreamMonitor): string => (needed ? '' : '; nothing needs it');

/**
 * Detects that a stream has no recent sample. Silence, delay, and stamps that stand still or lie in the future all
 * cause it.
 */
class StreamLostMonitor implements Monitor {
  readonly cause = 'stream_lost';
  readonly #monitor: StreamMonitor;

  constructor(monitor: StreamMonitor) {
    this.#monitor = monitor;
  }

  get reaction(): Reaction {
    return this.#monitor.reactionOf(this.#monitor.rule.lost);
  }

  check(now: number): boolean {
    const { ended, rule, spec } = this.#monitor;
    return ended !== undefined || (spec.rateHz > 0 && isStale(this.#monitor.age(now), rule.deadline));
  }

  data(now: number): SafetyData {
    const { spec, rule, counts } = this.#monitor;
    const { reordered, duplicated, ahead, bad } = counts;
    return {
      stream: spec.name,
      age_s: this.#monitor.age(now),
      deadline_s: rule.deadline,
      reordered,
      duplicated,
      ahead,
      bad,
    };
  }

  message(now: number): string {
    const { ended, rule, spec } = this.#monitor;
    if (ended !== undefined) return `${spec.name}: the stream ended: ${ended}${ending(this.#monitor)}`;
    const age = milliseconds(this.#monitor.age(now));
    return `${spec.name}: no sample for ${age}, the deadline is ${milliseconds(rule.deadline)}${ending(this.#monitor)}`;
  }
}

/** Detects a stream whose stamps advance while its value stays the same. */
class StreamFrozenMonitor implements Monitor {
  readonly cause = 'stream_frozen';
  readonly #monitor: StreamMonitor;
  readonly #samples: number;
  readonly #reaction: Reaction;

  constructor(monitor: StreamMonitor, { samples, reaction }: FrozenRule) {
    this.#monitor = monitor;
    this.#samples = samples;
    this.#reaction = reaction;
  }

  get reaction(): Reaction {
    return this.#monitor.reactionOf(this.#reaction);
  }

  check(): boolean {
    return this.#monitor.sameInRow >= this.#samples;
  }

  data(): SafetyData {
    return { stream: this.#monitor.spec.name, same_samples: this.#monitor.sameInRow, limit: this.#samples };
  }

  message(): string {
    const { spec, sameInRow } = this.#monitor;
    return `${spec.name}: ${sameInRow} new samples with exactly the same value${ending(this.#monitor)}`;
  }
}

/** Detects a series of samples that violate the spec or are not finite. */
class BadSamplesMonitor implements Monitor {
  readonly cause = 'bad_samples';
  readonly #monitor: StreamMonitor;
  readonly #samples: number;

  constructor(monitor: StreamMonitor) {
    this.#monitor = monitor;
    this.#samples = monitor.rule.bad.samples;
  }

  get reaction(): Reaction {
    return this.#monitor.reactionOf(this.#monitor.rule.bad.reaction);
  }

  check(): boolean {
    return this.#monitor.badInRow >= this.#samples;
  }

  data(): SafetyData {
    return { stream: this.#monitor.spec.name, bad_samples: this.#monitor.badInRow, limit: this.#samples };
  }

  message(): string {
    return `${this.#monitor.badInRow} bad samples in a row, the last one: ${this.#monitor.lastFault}${ending(this.#monitor)}`;
  }
}

/** The monitors of one stream. */
export function streamFaultMonitors(monitor: StreamMonitor): Monitor[] {
  const { frozen } = monitor.rule;
  const monitors: Monitor[] = [new StreamLostMonitor(monitor), new BadSamplesMonitor(monitor)];
  if (frozen) monitors.push(new StreamFrozenMonitor(monitor, frozen));
  return monitors;
}
