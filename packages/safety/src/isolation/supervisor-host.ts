import type { ArmCommand, Clock, Stamped, StreamValue } from '@praxis/core';
import type { BeatSource } from '../supervisor/monitors/loop-watchdog.ts';
import type { QueueState } from '../supervisor/monitors/queue-monitor.ts';
import type { SupervisorOutput } from '../supervisor/options.ts';
import type { Supervisor } from '../supervisor/supervisor.ts';
import { LoopMessages, type MessageTarget } from './loop-messages.ts';
import type { SharedSafety, SupervisorRequest } from './memory-layout.ts';

const REQUEST_REASON = 'requested by the loop';

/** Changes the state of a supervisor as a loop in another thread requests it. @param now present time (s) */
export function changeState(supervisor: Supervisor, request: SupervisorRequest, now: number): void {
  switch (request) {
    case 'start':
      supervisor.start(now);
      return;
    case 'reset':
      supervisor.reset(now);
      return;
    case 'hold':
      supervisor.hold(now, REQUEST_REASON);
      return;
    case 'protective_stop':
      supervisor.protectiveStop(now, REQUEST_REASON);
      return;
    case 'emergency_stop':
      supervisor.emergencyStop(now, REQUEST_REASON);
  }
}

/** Passes messages to one supervisor, whose robot has one command. */
class SupervisorTarget implements MessageTarget {
  readonly #supervisor: Supervisor;

  constructor(supervisor: Supervisor) {
    this.#supervisor = supervisor;
  }

  acceptCommand(_: string, command: Stamped<ArmCommand>, now: number): void {
    this.#supervisor.acceptCommand(command, now);
  }

  acceptSample(stream: string, sample: Stamped<StreamValue>, now: number): void {
    this.#supervisor.acceptSample(stream, sample, now);
  }

  beat(source: BeatSource, now: number): void {
    this.#supervisor.beat(source, now);
  }

  reportQueue(state: QueueState, now: number): void {
    this.#supervisor.reportQueue(state, now);
  }

  handleRequest(request: SupervisorRequest, now: number): void {
    changeState(this.#supervisor, request, now);
  }
}

/**
 * The supervisor's end of the shared memory, in a thread or process of its own. It passes the loop's messages to the
 * supervisor and ticks it by its own clock, whatever happens to the loop. Its owner calls {@link tick} every period and
 * sends the output.
 */
export class SupervisorHost {
  /** The hosted supervisor. */
  readonly supervisor: Supervisor;
  readonly #clock: Clock;
  readonly #messages: LoopMessages;

  /** @param clock clock of the supervisor; it must not depend on the loop */
  constructor(supervisor: Supervisor, shared: SharedSafety, clock: Clock) {
    this.supervisor = supervisor;
    this.#clock = clock;
    this.#messages = new LoopMessages(new SupervisorTarget(supervisor), shared, clock);
  }

  /**
   * Passes all new messages to the supervisor. {@link tick} calls it; call it alone if a `SupervisedRobot` runs the
   * ticks.
   */
  poll(): void {
    this.#messages.poll();
  }

  /** Runs one period. */
  tick(): SupervisorOutput {
    this.poll();
    const now = this.#clock.now();
    const output = this.supervisor.tick(now);
    this.publish(now, output.powered);
    return output;
  }

  /** Writes the supervisor's status into the memory. {@link tick} calls it. @param now present time (s) */
  publish(now: number, powered: boolean): void {
    this.#messages.publish(this.supervisor.state, powered, now);
  }
}
