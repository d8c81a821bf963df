import { type Observable, Subject, type Subscription } from 'rxjs';
import { VoiceDialogue } from '../dialogue/dialogue.ts';
import type { Effect } from '../dialogue/goal.ts';
import type { Snapshot } from '../dialogue/snapshot.ts';
import { WakeWindow } from '../dialogue/wake-window.ts';
import type { Intent } from '../language/intent.ts';
import type { Language } from '../language/language.ts';
import { type GoalResult, resultInWords } from './goal-result.ts';
import type { SwitchedPolicy } from './switched-policy.ts';

/** What the supervisor lets through: everything, nothing yet, or nothing until a reset. */
export type SupervisionPhase = 'running' | 'waiting' | 'stopped';

/** What was decided, and what came of it. */
export type PilotEvent = Effect | { readonly kind: 'result'; readonly result: GoalResult };

export interface VoicePilotOptions {
  /** With a wake word only what begins with it, or comes soon after it, is for the robot. */
  readonly language: Language;
  readonly policy: SwitchedPolicy;
  /** Default: one with the limits of the motion policy. */
  readonly dialogue?: VoiceDialogue;
  /** Asks the supervisor for a protective stop, at once. */
  readonly requestStop: () => void;
  /** Gives the policy its instruction. */
  readonly setInstruction: (text: string) => void;
  /** What questions are answered from. */
  readonly snapshot?: () => Snapshot;
}

/**
 * Drives an arm by words, typed or spoken: from a text to a dialogue, and from there to the policy of a control loop. It
 * moves nothing by itself. Its owner calls {@link tick} at least every 0.1 s.
 */
export class VoicePilot {
  readonly dialogue: VoiceDialogue;
  readonly events$: Observable<PilotEvent>;
  readonly #options: VoicePilotOptions;
  readonly #events = new Subject<PilotEvent>();
  readonly #results: Subscription;
  readonly #wakeWindow: WakeWindow | undefined;
  #supervisorStatus: SupervisionPhase = 'waiting';

  constructor(options: VoicePilotOptions) {
    const { motion } = options.policy;
    const { wakeWord } = options.language;
    this.#options = options;
    this.#wakeWindow = wakeWord && new WakeWindow(wakeWord);
    this.dialogue = options.dialogue ?? new VoiceDialogue(motion.limits);
    this.events$ = this.#events.asObservable();
    options.policy.suspend('the arm is not started');
    this.#results = motion.results$.subscribe((result) => this.#reportResult(result));
  }

  /**
   * @param time s, on the robot's clock
   * @returns `unknown` for what is not for the robot, which is not answered either
   */
  acceptText(text: string, time: number): Intent {
    const intent = this.#options.language.interpret(text, this.dialogue.context);
    const addressee = this.#wakeWindow?.addresseeOf(text, time).kind ?? 'command';
    if (addressee === 'command' || intent.kind === 'stop') {
      this.acceptIntent(intent, time);
      return intent;
    }
    if (addressee === 'wake') this.#executeEffects([{ kind: 'say', text: 'yes?' }]);
    return { kind: 'unknown', text };
  }

  acceptIntent(intent: Intent, time: number): void {
    const snapshot = intent.kind === 'ask' ? this.#options.snapshot?.() : undefined;
    this.#executeEffects(this.dialogue.acceptIntent(intent, time, { speed: this.dialogue.state.speed, ...snapshot }));
  }

  /**
   * @param status what the supervisor lets through now; after a stop that is nothing until somebody has reset it
   * @param why it stopped the arm, in words
   */
  tick(time: number, status: SupervisionPhase, why?: string): void {
    if (status !== this.#supervisorStatus) this.#onSupervisorStatus(status, why);
    this.#executeEffects(this.dialogue.expireGoals(time));
  }

  /** The dead-man's switch was let go of. */
  onReleased(): void {
    this.#executeEffects(this.dialogue.onReleased());
  }

  /** Completes the events. */
  close(): void {
    this.#results.unsubscribe();
    this.#events.complete();
  }

  #onSupervisorStatus(status: SupervisionPhase, why: string | undefined): void {
    this.#supervisorStatus = status;
    const { policy } = this.#options;
    if (status === 'running') {
      this.dialogue.reset();
      policy.restore();
      return;
    }
    policy.suspend(status === 'stopped' ? 'stopped: reset the supervisor first' : 'the arm is not started');
    if (status !== 'stopped' || this.dialogue.state.mode === 'stopped') return;
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
    this.dialogue.onGoalEnded(result.id, result.outcome === 'refused' ? 'refused' : 'begun');
    this.#events.next({ kind: 'result', result });
    const text = resultInWords(result);
    if (text !== undefined) this.#events.next({ kind: 'say', text });
  }
}
