import { type Observable, Subject } from 'rxjs';
import type { SafetyCause, SafetyData, SafetyEvent } from './event.ts';
import { nextState, type SafetyInput, type SafetyState } from './state.ts';

/** Number of events that the log keeps; the oldest are dropped. */
const MAX_EVENTS = 1000;

/** Holds the state, changes it only by the table of transitions, and records every change. */
export class StateMachine {
  readonly events$: Observable<SafetyEvent>;
  readonly #events = new Subject<SafetyEvent>();
  readonly #log: SafetyEvent[] = [];
  #state: SafetyState = 'idle';

  constructor() {
    this.events$ = this.#events.asObservable();
  }

  get state(): SafetyState {
    return this.#state;
  }

  /** The newest 1000 events, oldest first. */
  get log(): readonly SafetyEvent[] {
    return this.#log;
  }

  /** True if the input changes the present state. */
  can(input: SafetyInput): boolean {
    return nextState(this.#state, input) !== undefined;
  }

  /** Changes the state by the table; false if the input changes nothing here. */
  apply(input: SafetyInput, time: number, cause: SafetyCause, data: SafetyData, message: string): boolean {
    const to = nextState(this.#state, input);
    if (to === undefined) return false;
    const from = this.#state;
    this.#state = to;
    this.#record({ time, from, to, cause, data, message });
    return true;
  }

  /** Records an occurrence within the present state. */
  note(time: number, cause: SafetyCause, data: SafetyData, message: string): void {
    this.#record({ time, from: this.#state, to: this.#state, cause, data, message });
  }

  /** Completes the events. */
  close(): void {
    this.#events.complete();
  }

  #record(event: SafetyEvent): void {
    this.#log.push(event);
    if (this.#log.length > MAX_EVENTS) this.#log.shift();
    this.#events.next(event);
  }
}
