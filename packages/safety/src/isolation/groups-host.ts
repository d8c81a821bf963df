import { type ArmCommand, type Clock, CommandError, type Stamped, type StreamValue } from '@praxis/core';
import type { BeatSource } from '../supervisor/monitors/loop-watchdog.ts';
import type { QueueState } from '../supervisor/monitors/queue-monitor.ts';
import type { SupervisedGroups } from '../supervisor/supervised-groups.ts';
import { LoopMessages, type MessageTarget } from './loop-messages.ts';
import type { SharedSafety, SupervisorRequest } from './memory-layout.ts';
import { changeState } from './supervisor-host.ts';

/** Passes messages to the supervisors of several command groups. */
class GroupsTarget implements MessageTarget {
  readonly #groups: SupervisedGroups;
  readonly #bases: ReadonlySet<string>;

  constructor(groups: SupervisedGroups) {
    this.#groups = groups;
    this.#bases = new Set(groups.baseNames);
  }

  acceptCommand(name: string, command: Stamped<ArmCommand>): void {
    const { stamp, received, value } = command;
    try {
      if (this.#bases.has(name)) this.#groups.command(name, { value: { twist: value.position }, stamp, received });
      else this.#groups.command(name, command);
    } catch (error) {
      // The sender was told. The supervisor of an arm has counted it; that of a base stops when valid commands cease.
      if (!(error instanceof CommandError)) throw error;
    }
  }

  acceptSample(stream: string, sample: Stamped<StreamValue>, now: number): void {
    for (const supervisor of this.#groups.supervisors) supervisor.acceptSample(stream, sample, now);
  }

  beat(source: BeatSource): void {
    this.#groups.beat(source);
  }

  reportQueue(state: QueueState): void {
    this.#groups.reportQueue(state);
  }

  handleRequest(request: SupervisorRequest, now: number): void {
    if (request === 'start') this.#groups.startGroups();
    else for (const supervisor of this.#groups.supervisors) changeState(supervisor, request, now);
  }
}

/**
 * The end of the shared memory at the supervisors of several command groups, in a thread of their own. Its owner calls {@link poll} and
 * then ticks the groups every period, and {@link publish} after that.
 */
export class GroupsHost {
  readonly #groups: SupervisedGroups;
  readonly #messages: LoopMessages;

  /** @param clock clock of the supervisors; it must not depend on the loop */
  constructor(groups: SupervisedGroups, shared: SharedSafety, clock: Clock) {
    this.#groups = groups;
    this.#messages = new LoopMessages(new GroupsTarget(groups), shared, clock);
  }

  /** Passes all new messages to the supervisors. */
  poll(): void {
    this.#messages.poll();
  }

  /** Writes the status of all supervisors into the memory. @param now present time (s) */
  publish(now: number, powered: boolean): void {
    this.#messages.publish(this.#groups.supervisor.state, powered, now);
  }
}
