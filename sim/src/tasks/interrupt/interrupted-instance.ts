import type { FailureCause, Interruption, TaskInstance, TaskState, Verdict } from '../task.ts';
import { ToolSpeed } from './tool-speed.ts';

/** Longest time from the end of the last word until the arm acts on it (s). */
const REACTION_S = 0.3;
/** After this time from the end of the last word the arm must be at rest, or as slow as it is to be (s). */
const SETTLING_S = 0.7;
/** Time for which a stopped arm is watched from then on (s), and how far its tool may drift in it (m). */
const REST_S = 0.5;
const REST_M = 0.001;
/**
 * Speed limit of the expert after "softer", and the largest speed that counts as soft (m/s). What learns from it overshoots: taught at 0.1 m/s, a
 * policy moved at 0.15 to 0.17 m/s.
 */
const SOFT_SPEED_M_S = 0.07;
const SOFT_LIMIT_M_S = 0.15;
/** More time than the task without an interruption has (s). */
const EXTRA_TIME_S = 15;

/** The interruption of one instance, as drawn. */
interface Drawn {
  readonly kind: Interruption['kind'];
  readonly time: number;
  readonly text: string;
  /** Key of the goal that `instead` asks for. */
  readonly next: string;
}

/** Key of a goal that was asked for while the arm worked. */
export const spokenKey = (key: string, kind: 'instead' | 'softer'): string => `${key} ${kind}`;

/** An instance of another task that words interrupt. */
export class InterruptedInstance implements TaskInstance {
  readonly task = 'interrupt';
  readonly interruption: Interruption;
  readonly #base: TaskInstance;
  readonly #prefix: string;
  readonly #drawn: Drawn;
  readonly #speed = new ToolSpeed();
  #heard = false;
  #reaction: number | undefined;
  #rest: readonly [number, number, number] | undefined;
  #cause: FailureCause | undefined;

  /** @param prefix what the keys of this task's goals have before those of the base's */
  constructor(base: TaskInstance, prefix: string, drawn: Drawn) {
    this.#base = base;
    this.#prefix = prefix;
    this.#drawn = drawn;
    const { kind, text, time } = drawn;
    this.interruption = {
      ...{ kind, text, time },
      hear: () => {
        this.#heard = true;
        if (kind === 'instead') base.pursue?.(drawn.next);
      },
      react: (delay) => {
        this.#reaction ??= delay;
      },
    };
  }

  get objects() {
    return this.#base.objects;
  }
  get parts() {
    return this.#base.parts;
  }
  get mechanism() {
    return this.#base.mechanism;
  }
  get named() {
    return this.#base.named;
  }
  get places() {
    return this.#base.places;
  }
  get instruction() {
    return this.#base.instruction;
  }
  get wordingKind() {
    return this.#base.wordingKind;
  }
  get timeLimit() {
    return this.#base.timeLimit + EXTRA_TIME_S;
  }
  get goal() {
    return { key: this.#prefix + this.#base.goal.key };
  }
  get spokenGoal() {
    const { kind } = this.#drawn;
    return this.#heard && kind !== 'stop' ? spokenKey(this.goal.key, kind) : this.goal.key;
  }
  get goalKeys() {
    return (this.#base.goalKeys ?? []).map((key) => this.#prefix + key);
  }

  pursue(key: string): void {
    this.#base.pursue?.(key.slice(this.#prefix.length));
  }

  judge(state: TaskState): Verdict {
    const { kind, time } = this.#drawn;
    const since = state.time - time;
    const speed = this.#speed.update(state);
    const verdict = this.#base.judge(state);
    this.#cause = undefined;
    if (this.#isLate(since)) this.#cause = 'late reaction';
    else if (kind === 'softer' && since > SETTLING_S && speed > SOFT_LIMIT_M_S) this.#cause = 'not softer';
    if (this.#cause) return 'failure';
    if (verdict === 'success' && (kind === 'stop' || !this.#heard)) return 'running';
    return verdict;
  }

  judgeStop(state: TaskState): Verdict {
    const { kind, time } = this.#drawn;
    const since = state.time - time;
    if (kind !== 'stop' || !this.#heard) return 'failure';
    if (this.#isLate(since)) {
      this.#cause = 'late reaction';
      return 'failure';
    }
    if (since < SETTLING_S) return 'running';
    this.#rest ??= state.tool;
    if (this.#rest.some((at, i) => Math.abs(at - state.tool[i]) > REST_M)) {
      this.#cause = 'not at rest';
      return 'failure';
    }
    return since < SETTLING_S + REST_S ? 'running' : 'success';
  }

  /** @param since time since the end of the last word (s) */
  #isLate(since: number): boolean {
    return (this.#reaction ?? since) > REACTION_S;
  }

  canGoOn(): boolean {
    return this.#drawn.kind !== 'stop' && (this.#cause === 'not softer' || this.#cause === 'late reaction');
  }

  failureCause(): FailureCause | undefined {
    return this.#cause ?? this.#base.failureCause?.();
  }

  followedInstruction(): boolean | undefined {
    if (this.#drawn.kind === 'stop') return this.#reaction !== undefined;
    return this.#base.followedInstruction();
  }

  plan(state: TaskState): ReturnType<TaskInstance['plan']> {
    const { waypoints, annotation } = this.#base.plan(state);
    if (this.#drawn.kind !== 'softer' || !this.#heard) return { waypoints, annotation };
    const soft = waypoints.map((each) => ({ ...each, speed: Math.min(each.speed, SOFT_SPEED_M_S) }));
    return { waypoints: soft, annotation };
  }
}
