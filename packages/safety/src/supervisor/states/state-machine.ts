import type { Observable } from 'rxjs';
import { Subject } from 'rxjs';
import type { Stop } from '../../config/filter-config.ts';

/**
 * The supervisor's states, named after the stop categories of IEC 60204-1. `idle`: the arm's position is unknown.
 * `ready`: the arm stands under control and no command moves it. `running`: commands move it. `hold`: stopped under
 * control and powered (as in category 2). `protective_stop`: stopped along its path, then the brakes close (category
 * 1). `emergency_stop`: category 1 with the hardest braking, or category 0, as configured.
 */
export const SAFETY_STATES = ['idle', 'ready', 'running', 'hold', 'protective_stop', 'emergency_stop'] as const;
/** State of a supervisor, see {@link SAFETY_STATES}. */
export type SafetyState = (typeof SAFETY_STATES)[number];

/** An input of the state machine. A stop is both an input and the state that it leads to. */
export type SafetyInput = 'initialise' | 'start' | 'reset' | Stop;

/**
 * All transitions between states. A stop leads to a more severe stop, and by a reset to `ready`; it never leads to a
 * less severe stop or straight to `running`.
 */
const TRANSITIONS: Readonly<Record<SafetyState, Readonly<Partial<Record<SafetyInput, SafetyState>>>>> = {
  idle: { initialise: 'ready', protective_stop: 'protective_stop', emergency_stop: 'emergency_stop' },
  ready: { start: 'running', hold: 'hold', protective_stop: 'protective_stop', emergency_stop: 'emergency_stop' },
  running: { hold: 'hold', protective_stop: 'protective_stop', emergency_stop: 'emergency_stop' },
  hold: { reset: 'ready', protective_stop: 'protective_stop', emergency_stop: 'emergency_stop' },
  protective_stop: { reset: 'ready', emergency_stop: 'emergency_stop' },
  emergency_stop: { reset: 'ready' },
};

/** The state that an input leads to; undefined if it changes nothing. */
export const nextState = (state: SafetyState, input: SafetyInput): SafetyState | undefined => TRANSITIONS[state][input];

/** True when a state is a stop, which latches until a reset. */
export const isStop = (state: SafetyState): state is Stop =>
  state === 'hold' || state === 'protective_stop' || state === 'emergency_stop';

/** Cause of a change of state, or of another entry in the log. */
export type SafetyCause =
  /** The arm's position was measured for the first time. */
  | 'initialised'
  | 'start'
  | 'reset'
  | 'hold_request'
  | 'protective_stop_request'
  | 'emergency_stop_request'
  /** A stream has no sample that is new enough, or it has ended. */
  | 'stream_lost'
  /** A sensor's stamps advance while its value stays equal. */
  | 'stream_frozen'
  /** Consecutive samples that violate their spec or are not finite. */
  | 'bad_samples'
  /** A measured joint moved faster than possible, or is farther behind its target than its lag explains. */
  | 'joints_implausible'
  | 'command_silence'
  /** The filter rejected every command for too long. */
  | 'command_rejected'
  | 'empty_queue'
  | 'loop_silent'
  | 'policy_silent'
  /** The targets do not leave the supervisor's process. */
  | 'output_blocked'
  /** Time went back, or forward by more than a late tick explains; or the stamps of a stream went back. */
  | 'clock_jump'
  /** Contact force or torque above the limit for this place and time. */
  | 'contact'
  /** The limit of a protected body region (form of ISO/TS 15066). */
  | 'body_region'
  /** The environment exerts a torque on a joint, by the momentum observer. */
  | 'external_torque'
  /** A stop has ended: the time and distance that it took, with the estimate. */
  | 'standstill'
  /** The brakes closed. */
  | 'power_off'
  /** The brakes opened. */
  | 'power_on';

/** Figures of an event by name. The name ends in the unit. */
export type SafetyData = Readonly<Record<string, number | string>>;

/** A change of state. With `from` equal to `to` it records an occurrence within one state. */
export interface SafetyEvent {
  /** Time on the supervisor's clock (s). */
  readonly time: number;
  /** State before the event. */
  readonly from: SafetyState;
  /** State after the event. */
  readonly to: SafetyState;
  /** Cause of the event. */
  readonly cause: SafetyCause;
  /** Figures of the cause, in SI units. */
  readonly data: SafetyData;
  /** One line for people. */
  readonly message: string;
  /** Command group whose supervisor reports it, of a robot with several arms or a driven base; absent of an only arm. */
  readonly group?: string;
}

/** Number of events that the log keeps; the oldest are dropped. */
const MAX_EVENTS = 1000;

/**
 * The first cause of the stop in force after an event; undefined without a stop.
 * @param before the first cause before the event
 */
export function stopCauseAfter(event: SafetyEvent, before: SafetyEvent | undefined): SafetyEvent | undefined {
  if (!isStop(event.to)) return undefined;
  return isStop(event.from) ? before : event;
}

/** Holds the state, changes it only by the table of transitions, and records every change. */
export class StateMachine {
  readonly events$: Observable<SafetyEvent>;
  readonly #events = new Subject<SafetyEvent>();
  readonly #log: SafetyEvent[] = [];
  #state: SafetyState = 'idle';
  #stopCause: SafetyEvent | undefined;

  constructor() {
    this.events$ = this.#events.asObservable();
  }

  get state(): SafetyState {
    return this.#state;
  }

  /** The event that began the present stop; a more severe stop that follows does not replace it. */
  get stopCause(): SafetyEvent | undefined {
    return this.#stopCause;
  }

  /** The newest 1000 events, oldest first. */
  get log(): readonly SafetyEvent[] {
    return this.#log;
  }

  /** True when the input changes the present state. */
  can(input: SafetyInput): boolean {
    return nextState(this.#state, input) !== undefined;
  }

  /** Changes the state by the table; false if the input changes nothing here. */
  apply(input: SafetyInput, time: number, cause: SafetyCause, data: SafetyData, message: string): boolean {
    const to = nextState(this.#state, input);
    if (to === undefined) return false;
    const from = this.#state;
    this.#state = to;
    const event: SafetyEvent = { time, from, to, cause, data, message };
    this.#stopCause = stopCauseAfter(event, this.#stopCause);
    this.#record(event);
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
