import { Subscription } from 'rxjs';
import { GroupView } from './group-view.ts';
import type { BeatSource } from './monitors/loop-watchdog.ts';
import type { QueueState } from './monitors/queue-monitor.ts';
import { type OperatorRequest, passRequest, resetIfStopped } from './operator-request.ts';
import type { RequestResult, SupervisorView } from './options.ts';
import { isStop, type SafetyEvent } from './states/state-machine.ts';
import type { Supervisor } from './supervisor.ts';

/**
 * The supervisors of one robot's command groups. All stop together: a stop of one stops the others in the same way at once. A start
 * that one of them refuses starts none. The arms of one model keep clear of each other. Its owner passes samples and commands to each
 * and ticks each, one after the other.
 */
export class LinkedSupervisors {
  readonly #supervisors: ReadonlyMap<string, Supervisor>;
  readonly #view: GroupView;
  readonly #links = new Subscription();

  /** @param supervisors at least one, by the names of their groups */
  constructor(supervisors: ReadonlyMap<string, Supervisor>) {
    this.#supervisors = supervisors;
    this.#view = new GroupView(supervisors);
    for (const [group, supervisor] of supervisors) {
      supervisor.keepClearOf([...supervisors.values()].filter((other) => other !== supervisor));
      this.#link(group, supervisor);
    }
  }

  /** All supervisors, seen as one. */
  get view(): SupervisorView {
    return this.#view;
  }

  /** The supervisor of each group. */
  get supervisors(): Iterable<Supervisor> {
    return this.#supervisors.values();
  }

  /** True while every group follows commands. */
  get running(): boolean {
    for (const { state } of this.#supervisors.values()) if (state !== 'running') return false;
    return true;
  }

  /** Reports a heartbeat to every supervisor. @param now present time (s) */
  beat(source: BeatSource, now: number): void {
    for (const supervisor of this.#supervisors.values()) supervisor.beat(source, now);
  }

  /** Reports to every supervisor whether the chunk scheduler has an action. @param now present time (s) */
  reportQueue(state: QueueState, now: number): void {
    for (const supervisor of this.#supervisors.values()) supervisor.reportQueue(state, now);
  }

  /** Lets commands through to every group; only when all are ready and none has a fault. It returns the first reason against it. */
  start(now: number): RequestResult {
    const allowed = this.#each((supervisor) => supervisor.canStart(now));
    return allowed.ok ? this.#each((supervisor) => supervisor.start(now)) : allowed;
  }

  /** Ends the stops of all groups; see `Supervisor.reset`. A group that is ready already stays so. It returns the first refusal. */
  reset(now: number): RequestResult {
    const stopped = [...this.#supervisors.values()].some(({ state }) => isStop(state));
    return this.#each((supervisor) => (stopped ? resetIfStopped(supervisor, now) : supervisor.reset(now)));
  }

  /** Stops every group under control; see `Supervisor.hold`. It returns the first refusal, as the other stops do. */
  hold(now: number, why: string): RequestResult {
    return this.#each((supervisor) => supervisor.hold(now, why));
  }

  /** Stops every group along its path; see `Supervisor.protectiveStop`. */
  protectiveStop(now: number, why: string): RequestResult {
    return this.#each((supervisor) => supervisor.protectiveStop(now, why));
  }

  /** Stops every group as hard as configured; see `Supervisor.emergencyStop`. */
  emergencyStop(now: number, why: string): RequestResult {
    return this.#each((supervisor) => supervisor.emergencyStop(now, why));
  }

  /** Passes a person's request to every supervisor. It returns the reason of the first one that refuses it. */
  request(request: OperatorRequest, now: number): RequestResult {
    if (request === 'start') return this.start(now);
    if (request === 'reset') return this.reset(now);
    if (request !== 'resetAndStart') return this.#each((supervisor) => passRequest(supervisor, request, now));
    const reset = this.#each((supervisor) => resetIfStopped(supervisor, now));
    return reset.ok ? this.start(now) : reset;
  }

  /** Unlinks the supervisors and completes the events of the view. The supervisors themselves stay open. */
  close(): void {
    this.#links.unsubscribe();
    this.#view.close();
  }

  #each(ask: (supervisor: Supervisor) => RequestResult): RequestResult {
    const results = [...this.#supervisors.values()].map(ask);
    return results.find(({ ok }) => !ok) ?? { ok: true };
  }

  /** Stops every other group as this one stops. */
  #link(group: string, supervisor: Supervisor): void {
    const others = [...this.#supervisors].filter(([name]) => name !== group);
    this.#links.add(
      supervisor.events$.subscribe((event) => {
        this.#view.record(group, event);
        for (const [, other] of others) stopLike(other, group, event);
      }),
    );
  }
}

/** Stops a supervisor as that of another group has stopped; any other event has no effect. */
function stopLike(other: Supervisor, group: string, { from, to, time, message }: SafetyEvent): void {
  if (from === to || !isStop(to) || other.state === to) return;
  const why = `${group} stopped: ${message}`;
  if (to === 'hold') other.hold(time, why);
  else if (to === 'protective_stop') other.protectiveStop(time, why);
  else other.emergencyStop(time, why);
}
