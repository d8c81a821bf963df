import { type Observable, Subject, type Subscription } from 'rxjs';
import { VoiceDialogue } from '../dialogue/dialogue.ts';
import type { Effect } from '../dialogue/goal.ts';
import type { Snapshot } from '../dialogue/snapshot.ts';
import { WakeWindow } from '../dialogue/wake-window.ts';
import { admitIntent } from '../language/instruction-gate.ts';
import type { Intent } from '../language/intent.ts';
import type { Language } from '../language/language.ts';
import { type GoalResult, resultInWords } from './goal-result.ts';
import type { PilotedArm } from './piloted-arm.ts';

/** The supervisor allows motion (`running`), no motion until it starts (`waiting`), or no motion until a reset (`stopped`). */
export type SupervisionPhase = 'running' | 'waiting' | 'stopped';

/**
 * Reduces a supervisor's state to its permission to move.
 * @param state state of the supervisor; undefined while it is unknown
 * @param isStop returns true for a stop, which latches until a reset
 */
export function supervisionPhase<State extends string>(
  state: State | undefined,
  isStop: (state: State) => boolean,
): SupervisionPhase {
  if (state === 'running') return 'running';
  return state !== undefined && isStop(state) ? 'stopped' : 'waiting';
}

/** An effect of a command, or the result of a goal. */
export type PilotEvent = Effect | { readonly kind: 'result'; readonly result: GoalResult };

/** The parts that a voice pilot connects. */
export interface VoicePilotOptions {
  /** With a wake word, only sentences that begin with it or soon after it are commands. */
  readonly language: Language;
  /** The arm that it moves: a `SwitchedPolicy`, or one arm of a `HandPolicy`. */
  readonly policy: PilotedArm;
  /** Dialogue; the default has the limits of the motion policy. */
  readonly dialogue?: VoiceDialogue;
  /** Requests a protective stop from the supervisor, at once. */
  readonly requestStop: () => void;
  /** Gives the policy its instruction. */
  readonly setInstruction: (text: string) => void;
  /** The goals whose ends it reports: its own, or also those that others start on the same motion policy. Default `own goals`. */
  readonly reports?: 'own goals' | 'all goals';
  /** State of the robot that questions are answered from. */
  readonly snapshot?: () => Snapshot;
}

/**
 * Connects typed or spoken commands to a control loop's policy: it interprets a text, passes the intent to the dialogue and
 * executes the effects. The policy moves the arm, not the pilot. The caller calls {@link tick} at least every 0.1 s.
 */
export class VoicePilot {
  readonly dialogue: VoiceDialogue;
  /** All effects and results, in order. */
  readonly events$: Observable<PilotEvent>;
  readonly #options: VoicePilotOptions;
  readonly #events = new Subject<PilotEvent>();
  readonly #results: Subscription;
  readonly #wakeWindow: WakeWindow | undefined;
  /** Numbers of the goals that it started and that have not ended: another commander's goals are no answers to commands. */
  readonly #goals = new Set<number>();
  #phase: SupervisionPhase = 'waiting';

  constructor(options: VoicePilotOptions) {
    const { motion } = options.policy;
    const { wakeWord } = options.language;
    this.#options = options;
    this.#wakeWindow = wakeWord && new WakeWindow(wakeWord);
    this.dialogue = options.dialogue ?? new VoiceDialogue(motion.limits, (goal) => motion.refusalOf(goal));
    this.events$ = this.#events.asObservable();
    options.policy.suspend('the arm is not started');
    this.#results = motion.results$.subscribe((result) => this.#reportResult(result));
  }

  /**
   * Interprets a text and executes its effects. An instruction in words that the policy has not learnt is `unknown`.
   * @param time time of the text (s, on the robot's clock)
   * @returns the intent; `unknown` for a sentence to bystanders, which gets no answer
   */
  acceptText(text: string, time: number): Intent {
    const { language } = this.#options;
    const intent = admitIntent(language, language.interpret(text, this.dialogue.context));
    const addressee = this.#wakeWindow?.addresseeOf(text, time).kind ?? 'command';
    if (addressee === 'command' || intent.kind === 'stop') {
      this.acceptIntent(intent, time);
      return intent;
    }
    if (addressee === 'wake') this.#executeEffects([{ kind: 'say', text: 'yes?' }]);
    return { kind: 'unknown', text };
  }

  /** Executes the effects of an intent. @param time s, on the robot's clock */
  acceptIntent(intent: Intent, time: number): void {
    const snapshot = intent.kind === 'ask' ? this.#options.snapshot?.() : undefined;
    this.#executeEffects(this.dialogue.acceptIntent(intent, time, { speed: this.dialogue.state.speed, ...snapshot }));
  }

  /**
   * Expires goals and follows the supervisor: suspends the policy unless motion is allowed, and restores it after a reset.
   * @param time s, on the robot's clock
   * @param phase what the supervisor allows now
   * @param why reason of a stop, in words
   */
  tick(time: number, phase: SupervisionPhase, why?: string): void {
    if (phase !== this.#phase) this.#onPhase(phase, why);
    this.#executeEffects(this.dialogue.expireGoals(time));
  }

  /** The dead-man's switch was released: continuous motion ends. */
  onReleased(): void {
    this.#executeEffects(this.dialogue.onReleased());
  }

  /** Completes the events. */
  close(): void {
    this.#results.unsubscribe();
    this.#events.complete();
  }

  #onPhase(phase: SupervisionPhase, why: string | undefined): void {
    this.#phase = phase;
    const { policy } = this.#options;
    if (phase === 'running') {
      this.dialogue.reset();
      policy.restore();
      return;
    }
    policy.suspend(phase === 'stopped' ? 'stopped: reset the supervisor first' : 'the arm is not started');
    if (phase !== 'stopped' || this.dialogue.state.mode === 'stopped') return;
    this.dialogue.onSupervisorStop();
    this.#events.next({
      kind: 'say',
      text: `the supervisor has stopped the arm${why === undefined ? '' : `: ${why}`}`,
    });
  }

  #executeEffects(effects: readonly Effect[]): void {
    for (const effect of effects) {
      this.#events.next(effect);
      this.#executeEffect(effect);
    }
    // A refused motion goal gives this reason by itself.
    if (this.#phase === 'waiting' && effects.some(({ kind }) => kind === 'instruct' || kind === 'resume'))
      this.#events.next({ kind: 'say', text: 'nothing moves until the arm is started' });
  }

  #executeEffect(effect: Effect): void {
    const { policy, requestStop, setInstruction } = this.#options;
    switch (effect.kind) {
      case 'stop':
        requestStop();
        policy.suspend('stopped: reset the supervisor first');
        break;
      case 'hold':
        policy.hold();
        break;
      case 'resume':
        policy.resume();
        break;
      case 'goal':
        this.#goals.add(effect.id);
        policy.start(effect.id, effect.goal);
        break;
      case 'instruct':
        setInstruction(effect.text);
        policy.instruct();
        break;
      case 'say':
      case 'confirm':
    }
  }

  #reportResult(result: GoalResult): void {
    if (!this.#goals.delete(result.id) && this.#options.reports !== 'all goals') return;
    this.dialogue.onGoalEnded(result.id, result.outcome === 'refused' ? 'refused' : 'begun');
    this.#events.next({ kind: 'result', result });
    const text = resultInWords(result);
    if (text !== undefined) this.#events.next({ kind: 'say', text });
  }
}
