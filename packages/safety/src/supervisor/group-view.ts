import { type Observable, Subject } from 'rxjs';
import type { SupervisorView } from './options.ts';
import { isStop, type SafetyEvent, type SafetyState, stopCauseAfter } from './states/state-machine.ts';
import type { Supervisor } from './supervisor.ts';

/** The states, the one that allows most first. */
const BY_PERMISSION: readonly SafetyState[] = ['running', 'ready', 'idle', 'hold', 'protective_stop', 'emergency_stop'];
/** Name of the command of a robot's only arm. */
const ONLY_ARM = 'arm';
/** Number of events that the log keeps; the oldest are dropped. */
const MAX_EVENTS = 1000;

/**
 * The supervisors of several command groups, seen as one. Each event has the name of its group, with which its message begins. Those of
 * the only arm of a robot stay as they are.
 */
export class GroupView implements SupervisorView {
  readonly events$: Observable<SafetyEvent>;
  readonly #supervisors: ReadonlyMap<string, Supervisor>;
  readonly #events = new Subject<SafetyEvent>();
  readonly #log: SafetyEvent[] = [];
  #stopCause: SafetyEvent | undefined;

  /** @param supervisors by the names of their groups */
  constructor(supervisors: ReadonlyMap<string, Supervisor>) {
    this.#supervisors = supervisors;
    this.events$ = this.#events.asObservable();
  }

  get state(): SafetyState {
    let least: SafetyState = 'running';
    for (const { state } of this.#supervisors.values()) {
      if (BY_PERMISSION.indexOf(state) > BY_PERMISSION.indexOf(least)) least = state;
    }
    return least;
  }

  /** The event that began the present stop of all groups. */
  get stopCause(): SafetyEvent | undefined {
    return this.#stopCause;
  }

  get log(): readonly SafetyEvent[] {
    return this.#log;
  }

  needStreams(streams: Iterable<string> | 'all'): void {
    const names = streams === 'all' ? streams : [...streams];
    for (const supervisor of this.#supervisors.values()) supervisor.needStreams(names);
  }

  /** Records an event of one group. Call it before the other groups react. */
  record(group: string, event: SafetyEvent): void {
    const isOnlyArm = this.#supervisors.size === 1 && group === ONLY_ARM;
    const named: SafetyEvent = isOnlyArm ? event : { ...event, group, message: `${group}: ${event.message}` };
    if (this.#stopCause === undefined) this.#stopCause = stopCauseAfter(named, undefined);
    else if (!isStop(this.state)) this.#stopCause = undefined;
    this.#log.push(named);
    if (this.#log.length > MAX_EVENTS) this.#log.shift();
    this.#events.next(named);
  }

  /** Completes the events. */
  close(): void {
    this.#events.complete();
  }
}
