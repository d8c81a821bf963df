import type { Intent } from '../language/intent.ts';
import { answerQuestion } from './answers.ts';
import { describeGoal } from './describe-goal.ts';
import type { Effect, MotionGoal } from './goal.ts';
import { type DialogueLimits, exceededLimit, MAX_SPEED_FACTOR, MIN_SPEED_FACTOR, resolveLimits } from './limits.ts';
import type { Snapshot } from './snapshot.ts';

/** Share of the gripper's force, 0..1, for each manner of closing. */
const GRIP_EFFORT = { gently: 0.25, usual: 0.6, firmly: 1 } as const;
/** A goal times out after this multiple of its duration at its speed, plus 1 s. */
const TIMEOUT_FACTOR = 2;

interface UndoableMotion {
  readonly id: number;
  readonly goal: MotionGoal;
}

/** A snapshot of the dialogue between two sentences. */
export interface DialogueState {
  readonly mode: 'ready' | 'held' | 'stopped';
  /** Factor on full speed, from 0.05 to 1. */
  readonly speed: number;
  /** Text of the last instruction for the policy. */
  readonly instruction: string | undefined;
  /** Goal that was read back and waits for a yes. */
  readonly pending: MotionGoal | undefined;
  /** Continuous motion under way. */
  readonly continuous: MotionGoal | undefined;
  /** Number of motions that can be undone. */
  readonly undoableCount: number;
}

/**
 * Turns one intent after another into goals, instructions and spoken replies. It is a pure state machine: it holds no clock
 * and starts nothing. Every call passes the time (s, any clock that does not run backward) and returns the effects to carry
 * out. After a stop it asks for no motion until {@link VoiceDialogue.reset}, which the code that resets the supervisor calls;
 * no sentence has that effect.
 *
 * @example
 * const language = new Language();
 * const dialogue = new VoiceDialogue();
 * const effects = dialogue.acceptIntent(language.interpret('move left 5 cm', dialogue.context), 0, {});
 * // [{ kind: 'goal', id: 1, goal: { kind: 'translate', axis: 'y', metres: 0.05, ... } }, { kind: 'say', text: 'moving left 5 cm' }]
 */
export class VoiceDialogue {
  readonly limits: DialogueLimits;
  #mode: DialogueState['mode'] = 'ready';
  #speed = 0.5;
  #instruction: string | undefined;
  #pending: { readonly goal: MotionGoal; readonly until: number } | undefined;
  #continuous: { readonly id: number; readonly goal: MotionGoal; readonly until: number } | undefined;
  #history: readonly UndoableMotion[] = [];
  #lastGoal: MotionGoal | undefined;
  #nextGoalId = 1;

  readonly #refusalOf: (goal: MotionGoal) => string | undefined;

  /**
   * @param refusalOf reason, in words, why a goal would be refused now: such a goal is not read back. Default: none is known
   * @throws {InputError} on a limit that is not a positive, finite number
   */
  constructor(
    limits: Partial<DialogueLimits> = {},
    refusalOf: (goal: MotionGoal) => string | undefined = () => undefined,
  ) {
    this.limits = resolveLimits(limits);
    this.#refusalOf = refusalOf;
  }

  get state(): DialogueState {
    return {
      mode: this.#mode,
      speed: this.#speed,
      instruction: this.#instruction,
      pending: this.#pending?.goal,
      continuous: this.#continuous?.goal,
      undoableCount: this.#history.length,
    };
  }

  /** The context that the next sentence is interpreted in: a correction refers to the last instruction. */
  get context(): { readonly instruction?: string } {
    return { instruction: this.#instruction };
  }

  /** The supervisor has stopped the arm by itself. The effect is that of a spoken stop. */
  onSupervisorStop(): void {
    this.#mode = 'stopped';
    this.#clearPending();
  }

  /** The supervisor was reset: commands may move the arm again. A pending goal is dropped. */
  reset(): void {
    this.#mode = 'ready';
    this.#clearPending();
  }

  /** Drops a read-back without an answer and ends continuous motion without a renewal, when they expire by `time` (s). */
  expireGoals(time: number): readonly Effect[] {
    const effects: Effect[] = [];
    if (this.#pending && time >= this.#pending.until) {
      this.#pending = undefined;
      effects.push(sayEffect('no answer: not moving'));
    }
    if (this.#continuous && time >= this.#continuous.until) {
      this.#continuous = undefined;
      effects.push({ kind: 'hold' }, sayEffect('time is up: say keep going to go on'));
      this.#mode = 'ready';
    }
    return effects;
  }

  /** The dead-man's switch was released, or the microphone stopped sending: continuous motion ends. */
  onReleased(): readonly Effect[] {
    if (!this.#continuous) return [];
    this.#continuous = undefined;
    return [{ kind: 'hold' }, sayEffect('released: stopping')];
  }

  /** A goal has ended. A refused goal moved nothing, so it leaves the undo history. */
  onGoalEnded(id: number, how: 'begun' | 'refused'): void {
    if (how === 'refused') this.#history = this.#history.filter((done) => done.id !== id);
    if (this.#continuous?.id === id) this.#continuous = undefined;
  }

  /**
   * Accepts what the operator wants and returns the effects to carry out, in order.
   * @param time s, on the same clock as all other calls
   * @param snapshot state of the robot, from which questions are answered
   */
  acceptIntent(intent: Intent, time: number, snapshot: Snapshot): readonly Effect[] {
    const ended = this.expireGoals(time);
    return [...ended, ...this.#effectsOf(intent, time, snapshot)];
  }

  #effectsOf(intent: Intent, time: number, snapshot: Snapshot): readonly Effect[] {
    if (intent.kind === 'stop') {
      this.onSupervisorStop();
      return [{ kind: 'stop' }, sayEffect('stopping')];
    }
    if (intent.kind === 'ask')
      return [sayEffect(answerQuestion(intent.about, { ...snapshot, instruction: this.#instruction }))];
    if (intent.kind === 'unknown')
      return [
        sayEffect(intent.unknownWord === undefined ? 'I did not understand' : `I don't know ${intent.unknownWord}`),
      ];
    if (this.#mode === 'stopped') return [sayEffect('stopped: reset the supervisor first')];
    const waiting = this.#pending;
    // Any other command replaces the goal that was read back.
    this.#pending = undefined;
    switch (intent.kind) {
      case 'hold':
        this.#continuous = undefined;
        if (!waiting) this.#mode = 'held';
        return [{ kind: 'hold' }, sayEffect(waiting ? 'all right, not moving' : 'holding')];
      case 'continue':
        return this.#continueMotion(waiting?.goal, time);
      case 'move':
      case 'rotate':
      case 'gripper':
      case 'home':
        return this.#confirmOrStart(this.#goalOf(intent), time);
      case 'repeat':
        return this.#lastGoal
          ? this.#confirmOrStart(this.#atCurrentSpeed(this.#lastGoal), time)
          : [sayEffect('there is nothing to repeat')];
      case 'undo':
        return this.#undo(time);
      case 'speed': {
        const wanted = intent.of === 'full' ? intent.factor : this.#speed * intent.factor;
        this.#speed = Math.min(Math.max(wanted, MIN_SPEED_FACTOR), MAX_SPEED_FACTOR);
        return [sayEffect(`speed ${Math.round(this.#speed * 100)} percent`)];
      }
      case 'instruct':
        this.#instruction = intent.text;
        // The policy is about to move the arm, after which the path back to earlier poses may be blocked.
        this.#history = [];
        this.#continuous = undefined;
        this.#mode = 'ready';
        return [{ kind: 'instruct', text: intent.text }, sayEffect(intent.text)];
    }
  }

  #goalOf(intent: Extract<Intent, { kind: 'move' | 'rotate' | 'gripper' | 'home' }>): MotionGoal {
    switch (intent.kind) {
      case 'move': {
        const until = intent.until ?? 'done';
        const metres = until === 'stopped' ? Math.sign(intent.metres) * this.limits.continuousDistance : intent.metres;
        return this.#atCurrentSpeed({
          kind: 'translate',
          frame: intent.frame,
          axis: intent.axis,
          metres,
          speed: 0,
          timeout: 0,
          until,
        });
      }
      case 'rotate':
        return this.#atCurrentSpeed({
          kind: 'rotate',
          axis: intent.axis,
          radians: intent.radians,
          speed: 0,
          timeout: 0,
        });
      case 'gripper': {
        if ('width_m' in intent) return { kind: 'gripper', width: intent.width_m, effort: GRIP_EFFORT.usual };
        if ('opening' in intent) {
          return { kind: 'gripper', width: intent.opening * this.limits.maximumWidth, effort: GRIP_EFFORT.usual };
        }
        const effort = GRIP_EFFORT[intent.manner ?? 'usual'];
        return { kind: 'gripper', width: intent.action === 'open' ? this.limits.maximumWidth : 0, effort };
      }
      case 'home':
        return { kind: 'home', speedFactor: this.#speed };
    }
  }

  /** The same goal at the present speed factor. */
  #atCurrentSpeed(goal: MotionGoal): MotionGoal {
    const { linearSpeed, angularSpeed, continuousTime } = this.limits;
    switch (goal.kind) {
      case 'translate': {
        const speed = this.#speed * linearSpeed;
        const timeout =
          goal.until === 'stopped' ? continuousTime : (TIMEOUT_FACTOR * Math.abs(goal.metres)) / speed + 1;
        return { ...goal, speed, timeout };
      }
      case 'rotate': {
        const speed = this.#speed * angularSpeed;
        return { ...goal, speed, timeout: (TIMEOUT_FACTOR * Math.abs(goal.radians)) / speed + 1 };
      }
      case 'gripper':
      case 'reach':
        return goal;
      case 'home':
      case 'return':
        return { ...goal, speedFactor: this.#speed };
    }
  }

  #confirmOrStart(goal: MotionGoal, time: number, far = goal.kind === 'home'): readonly Effect[] {
    const beyond = exceededLimit(goal, this.limits);
    if (beyond) return [sayEffect(beyond)];
    const { confirmStep, confirmTurn, confirmTime } = this.limits;
    const large =
      far ||
      (goal.kind === 'translate' && goal.until === 'done' && Math.abs(goal.metres) > confirmStep) ||
      (goal.kind === 'rotate' && Math.abs(goal.radians) > confirmTurn);
    if (!large) return this.#start(goal, time);
    const refusal = this.#refusalOf(goal);
    if (refusal !== undefined) return [sayEffect(refusal)];
    this.#pending = { goal, until: time + confirmTime };
    return [{ kind: 'confirm', text: `${describeGoal(goal)}: yes or no?` }];
  }

  #start(goal: MotionGoal, time: number): readonly Effect[] {
    const id = this.#nextGoalId++;
    this.#mode = 'ready';
    if (goal.kind === 'return') {
      this.#history = this.#history.filter((done) => done.id !== goal.to);
      return [{ kind: 'goal', id, goal }, sayEffect(describeGoal(goal))];
    }
    this.#lastGoal = goal;
    const continuous = goal.kind === 'translate' && goal.until === 'stopped';
    this.#continuous = continuous ? { id, goal, until: time + this.limits.continuousTime } : undefined;
    this.#history = [...this.#history, { id, goal }].slice(-this.limits.history);
    return [{ kind: 'goal', id, goal }, sayEffect(describeGoal(goal))];
  }

  #continueMotion(waiting: MotionGoal | undefined, time: number): readonly Effect[] {
    if (waiting) return this.#start(this.#atCurrentSpeed(waiting), time);
    // "keep going" renews continuous motion, whether it still runs or has just expired.
    const again =
      this.#continuous?.goal ??
      (this.#lastGoal?.kind === 'translate' && this.#lastGoal.until === 'stopped' ? this.#lastGoal : undefined);
    if (again) return this.#start(this.#atCurrentSpeed(again), time);
    this.#mode = 'ready';
    return [{ kind: 'resume' }, sayEffect('going on')];
  }

  /** Returns the tool to where it was. A gripper motion cannot be undone, since an object that it held may have fallen. */
  #undo(time: number): readonly Effect[] {
    this.#continuous = undefined;
    const last = this.#history[this.#history.length - 1];
    if (!last) return [sayEffect('there is nothing to undo')];
    if (last.goal.kind === 'gripper') return [sayEffect('the gripper is not undone by itself: say open or close')];
    // The return from home may be as long as the motion to home, which was read back too.
    return this.#confirmOrStart(
      { kind: 'return', to: last.id, speedFactor: this.#speed },
      time,
      last.goal.kind === 'home',
    );
  }

  #clearPending(): void {
    this.#pending = undefined;
    this.#continuous = undefined;
  }
}

const sayEffect = (text: string): Effect => ({ kind: 'say', text });
