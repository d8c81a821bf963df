import { isStop, type SafetyState } from '@praxis/safety';
import type { Driver, GroupDisplay, RunState } from '../protocol/protocol.ts';
import { type DriveHandlers, DrivePad } from './drive-pad.ts';
import { element, write } from './elements.ts';

/** What the field of words offers while the user drives by hand. */
const HAND_WORDS = {
  label: 'Words',
  placeholder: 'move up 5 cm',
  hint: 'also “open the gripper”, “where are you”, “stop”',
};
/** What it offers beside instructions while a policy drives a robot of several groups. */
const POLICY_HINT = 'also “hold”, “stop”';

/** Displays what the user can drive by hand, and why it does not move at present. */
export class DriveView {
  readonly pad: DrivePad;
  readonly #label = element('words-label', HTMLElement);
  readonly #text = element('instruction-text', HTMLInputElement);
  readonly #reply = element('reply', HTMLElement);
  #groups: readonly GroupDisplay[] = [];
  #modalities: readonly string[] = [];
  #driver: Driver = 'policy';
  #state: RunState = 'loading';
  #supervisor: SafetyState = 'idle';

  constructor(handlers: DriveHandlers) {
    this.pad = new DrivePad(handlers);
  }

  /** Groups of a robot that is driven by hand; none for a robot with one arm. */
  set groups(groups: readonly GroupDisplay[]) {
    this.#groups = groups;
    this.pad.groups = groups;
    this.#render();
  }

  /** Modalities of the loaded policy. */
  set modalities(modalities: readonly string[]) {
    this.#modalities = modalities;
    this.#renderWords();
  }

  /** What moves the robot in this episode. */
  set driver(driver: Driver) {
    this.#driver = driver;
    document.body.dataset.driver = driver;
    this.#renderWords();
    this.#render();
  }

  set state(state: RunState) {
    this.#state = state;
    this.#render();
  }

  set supervisor(state: SafetyState) {
    if (state === this.#supervisor) return;
    this.#supervisor = state;
    this.#render();
  }

  /** Words are offered where something follows them: an arm that the user drives, or a policy that reads its instruction. */
  #renderWords(): void {
    if (this.#groups.length === 0) return;
    const byHand = this.#driver === 'hand';
    const follows = byHand ? this.#groups.some(({ kind }) => kind === 'arm') : this.#modalities.includes('language');
    document.body.dataset.words = follows ? 'any' : 'none';
    if (byHand) {
      write(this.#label, HAND_WORDS.label);
      this.#text.placeholder = HAND_WORDS.placeholder;
    }
    // The newest line of the transcript stays.
    if (this.#reply.childElementCount === 0) write(this.#reply, byHand ? this.#handHint : POLICY_HINT);
  }

  get #handHint(): string {
    const [first, second] = this.#groups.filter(({ kind }) => kind === 'arm');
    return second ? `“${first.name} arm: up 5 cm”, ${HAND_WORDS.hint}` : HAND_WORDS.hint;
  }

  #render(): void {
    this.pad.refusal = this.#refusal();
  }

  #refusal(): string | undefined {
    if (this.#state === 'loading') return 'The episode is loading.';
    if (this.#driver !== 'hand') return 'The policy drives: choose the driver “by hand” to move the robot yourself.';
    if (isStop(this.#supervisor)) return 'Stopped: “Reset and start” comes first.';
    if (this.#state !== 'playing') return 'Nothing moves while the episode is paused: play it.';
    return undefined;
  }
}
