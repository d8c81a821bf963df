import { isDue, Staleness } from '@praxis/core';
import type { Reaction } from '../../config/filter-config.ts';
import type { SafetyCause, SafetyData } from '../states/state-machine.ts';
import { type Monitor, milliseconds } from './monitor.ts';

export interface TimeoutRule {
  /** Longest time without a signal (s). */
  readonly deadline: number;
  readonly reaction: Reaction;
}

/**
 * Detects that a periodic signal has stopped: the fault begins `deadline` seconds after the last signal and ends with
 * the next one. It checks only while armed.
 */
export class TimeoutMonitor implements Monitor {
  readonly cause: SafetyCause;
  readonly reaction: Reaction;
  readonly #name: string;
  readonly #deadline: number;
  readonly #staleness = new Staleness();
  #armed = false;

  constructor(cause: SafetyCause, name: string, { deadline, reaction }: TimeoutRule) {
    this.cause = cause;
    this.reaction = reaction;
    this.#name = name;
    this.#deadline = deadline;
  }

  get armed(): boolean {
    return this.#armed;
  }

  /** Starts the deadline now. */
  arm(now: number): void {
    this.#armed = true;
    this.#staleness.restart(now);
  }

  disarm(): void {
    this.#armed = false;
  }

  /** Records a signal at this time (s); a time before the last one changes nothing. */
  refresh(time: number): void {
    this.#staleness.refresh(time);
  }

  /** Restarts the deadline after a jump of the clock. */
  restartTiming(now: number): void {
    this.#staleness.restart(now);
  }

  check(now: number): boolean {
    return this.#armed && isDue(this.#staleness.age(now), this.#deadline);
  }

  data(now: number): SafetyData {
    return { silence_s: this.#staleness.age(now), deadline_s: this.#deadline };
  }

  message(now: number): string {
    const silence = milliseconds(this.#staleness.age(now));
    return `${this.#name}: nothing for ${silence}, the deadline is ${milliseconds(this.#deadline)}`;
  }
}
