import { type GoalResult, type HandPolicy, resultInWords } from '@praxis/teleop';
import type { DriveRequest } from '../protocol/protocol.ts';

/** A base stops this long (ms) after its last velocity: the page renews it while a button is down, unless the page hangs. */
const TWIST_TIMEOUT_MS = 600;
/** Share of the gripper's force with which the page's buttons close it. */
const GRIP_EFFORT = 0.6;

/** Turns buttons and keys into goals of arms and velocities of bases. */
export class HandDrive {
  readonly #policy: HandPolicy;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Numbers of the goals: negative ones, which no dialogue gives. */
  #lastId = 0;
  /** What was said about the motion of each arm since its button went down. */
  readonly #said = new Map<string, string>();

  constructor(policy: HandPolicy) {
    this.#policy = policy;
  }

  /** @throws {InputError} for a group that the robot does not have */
  handle(request: DriveRequest): void {
    const { group } = request;
    switch (request.kind) {
      case 'twist':
        this.#policy.setTwist(group, request.linear, request.angular);
        this.#expire(group);
        return;
      case 'jog': {
        const { motion } = this.#policy.arm(group);
        const { continuousDistance, continuousTime, linearSpeed } = motion.limits;
        const metres = request.direction * continuousDistance;
        const speed = request.speed * linearSpeed;
        const { axis } = request;
        this.#start(group, {
          ...{ kind: 'translate', frame: 'base', axis, metres, speed, timeout: continuousTime, until: 'stopped' },
        });
        return;
      }
      case 'gripper': {
        const { motion } = this.#policy.arm(group);
        const width = request.action === 'open' ? motion.limits.maximumWidth : 0;
        this.#said.delete(group);
        this.#start(group, { kind: 'gripper', width, effort: GRIP_EFFORT });
        return;
      }
      case 'release':
        this.#said.delete(group);
        if (this.#policy.bases.includes(group)) this.#policy.setTwist(group, 0, 0);
        else this.#policy.arm(group).hold();
    }
  }

  /** True for the result of a button's goal that needs no words: the button is held, and they were said before. */
  isKnown(group: string, result: GoalResult): boolean {
    if (result.id > 0) return false;
    const text = resultInWords(result);
    if (text === undefined) return false;
    const said = this.#said.get(group);
    this.#said.set(group, text);
    // A renewal that comes late ends a motion that the next one goes on with.
    return said === text || result.outcome === 'expired';
  }

  /** Stops the bases. */
  stand(): void {
    for (const base of this.#policy.bases) this.#policy.setTwist(base, 0, 0);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #start(group: string, goal: Parameters<ReturnType<HandPolicy['arm']>['start']>[1]): void {
    this.#policy.arm(group).start(--this.#lastId, goal);
  }

  #expire(base: string): void {
    clearTimeout(this.#timers.get(base));
    this.#timers.set(
      base,
      setTimeout(() => this.#policy.setTwist(base, 0, 0), TWIST_TIMEOUT_MS),
    );
  }
}
