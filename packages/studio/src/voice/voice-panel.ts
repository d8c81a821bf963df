import { element, make, write } from '../view/elements.ts';
import type { EarState } from './ear.ts';

/** Which recogniser listens. */
export type Recogniser = 'server' | 'browser';

/** Whose voice answers: one of the browser's, or Flite's where it has none that works without the network. */
export type AnswerVoice = 'browser' | 'flite';

export interface VoiceHandlers {
  /** The button to talk, or its key, goes down. */
  press(): void;
  release(): void;
  arm(armed: 'armed' | 'disarmed'): void;
  /** Whether answers are given aloud was changed. */
  answers(): void;
  choose(recogniser: Recogniser): void;
  answer(word: 'yes' | 'no'): void;
}

/** One thing that was said. */
export interface Transport {
  readonly id: number;
  readonly from: 'voice' | 'typed' | 'robot';
  readonly text: string;
}

const WHERE: Readonly<Record<Recogniser, string>> = {
  server: "Audio goes to this computer's praxis server, which keeps none of it, and nowhere else.",
  browser:
    "Audio goes to this browser's vendor, unless the browser recognises on its own: what becomes of it there is in the vendor's hands.",
};

const LABELS: Readonly<Record<EarState['kind'], string>> = {
  off: 'off',
  starting: 'starting',
  ready: 'ready',
  listening: 'listening',
  speech: 'hearing speech',
  impaired: 'hears badly',
  trouble: 'not listening',
};

const VOICES: Readonly<Record<AnswerVoice, string>> = {
  browser: 'with a voice of this computer',
  flite: "with Flite's voice, which is then fetched from this page's server (21 MB): this browser has none of its own",
};

/** Things said that stay on the page. */
const KEPT = 30;

/** The voice's buttons, how listening is, and what was said. */
export class VoicePanel {
  readonly #state = element('voice-state', HTMLOutputElement);
  readonly #sign = element('microphone-sign', HTMLElement);
  readonly #talk = element('talk', HTMLButtonElement);
  readonly #armed = element('armed', HTMLInputElement);
  readonly #speak = element('speak', HTMLInputElement);
  readonly #recogniser = element('recogniser', HTMLSelectElement);
  readonly #level = element('voice-level', HTMLMeterElement);
  readonly #trouble = element('voice-trouble', HTMLElement);
  readonly #where = element('voice-where', HTMLElement);
  readonly #dropped = element('voice-dropped', HTMLElement);
  readonly #answers = element('voice-answers', HTMLElement);
  readonly #confirm = element('confirm', HTMLElement);
  readonly #confirmText = element('confirm-text', HTMLElement);
  readonly #transcript = element('transcript', HTMLOListElement);
  readonly #lines = new Map<number, HTMLElement>();
  readonly #handlers: VoiceHandlers;
  #voice: AnswerVoice = 'flite';
  /** Whether somebody has said if answers are given aloud. */
  #chosen = false;

  constructor(handlers: VoiceHandlers) {
    this.#handlers = handlers;
    this.#talk.onpointerdown = (event) => {
      this.#talk.setPointerCapture(event.pointerId);
      this.press();
    };
    this.#talk.onpointerup = this.#talk.onpointercancel = () => this.release();
    this.#talk.onkeydown = ({ key, repeat }) => {
      if ((key === ' ' || key === 'Enter') && !repeat) this.press();
    };
    this.#talk.onkeyup = this.#talk.onblur = () => this.release();
    this.#armed.onchange = () => handlers.arm(this.#armed.checked ? 'armed' : 'disarmed');
    this.#speak.onchange = () => {
      this.#chosen = true;
      write(this.#answers, '');
      handlers.answers();
    };
    this.#recogniser.onchange = () => {
      this.#showWhere();
      handlers.choose(this.recogniser);
    };
    for (const word of ['yes', 'no'] as const) element(word, HTMLButtonElement).onclick = () => handlers.answer(word);
    this.#showWhere();
  }

  get recogniser(): Recogniser {
    return this.#recogniser.value === 'browser' ? 'browser' : 'server';
  }

  press(): void {
    if (this.#talk.dataset.held !== undefined) return;
    this.#talk.dataset.held = '';
    this.#handlers.press();
  }

  release(): void {
    if (this.#talk.dataset.held === undefined) return;
    delete this.#talk.dataset.held;
    this.#handlers.release();
  }

  /** The browser has no recogniser of its own. */
  withoutBrowserRecogniser(): void {
    const [, own] = this.#recogniser.options;
    own.disabled = true;
    own.text = "the browser's own: this one has none";
  }

  get voice(): AnswerVoice {
    return this.#voice;
  }

  get answers(): 'aloud' | 'silent' {
    return this.#speak.checked ? 'aloud' : 'silent';
  }

  /** Nobody is made to fetch a voice: until somebody chooses it answers are silent. */
  set voice(voice: AnswerVoice) {
    this.#voice = voice;
    if (!this.#chosen) this.#speak.checked = voice === 'browser';
    this.#speak.parentElement!.title = VOICES[voice];
  }

  /** There is none. @param why one line */
  withoutVoice(why: string): void {
    this.#speak.checked = false;
    write(this.#answers, `Answers stay silent: ${why}.`);
  }

  set state(state: EarState) {
    const { kind } = state;
    this.#state.dataset.state = kind;
    write(this.#state, LABELS[kind]);
    const message = 'message' in state ? state.message : '';
    this.#trouble.hidden = message === '';
    write(this.#trouble, message);
    this.#sign.hidden = kind === 'off' || kind === 'ready' || kind === 'trouble';
    // Armed is what listens, not what once was asked to.
    if (kind === 'trouble' || kind === 'off') this.#armed.checked = false;
  }

  set level(level: number) {
    this.#level.value = level;
  }

  /** Pieces of sound that were thrown away. */
  set dropped(pieces: number) {
    write(this.#dropped, pieces > 0 ? `${pieces} pieces of sound were dropped: this computer does not keep up.` : '');
  }

  /** Read back, and waiting for yes or no; undefined when nothing does. */
  set confirm(text: string | undefined) {
    this.#confirm.hidden = text === undefined;
    write(this.#confirmText, text ?? '');
  }

  add({ id, from, text }: Transport): void {
    const line = make('li', from);
    line.append(make(from === 'robot' ? 'span' : 'q', '', text), make('span', 'answer'));
    this.#lines.set(id, line);
    this.#transcript.prepend(line);
    for (const [old, gone] of this.#lines) {
      if (this.#lines.size <= KEPT) break;
      this.#lines.delete(old);
      gone.remove();
    }
  }

  /** @param id of a line; one that has gone is not answered any more */
  answer(id: number, text: string): void {
    const answer = this.#lines.get(id)?.querySelector<HTMLElement>('.answer');
    if (answer) write(answer, text);
  }

  #showWhere(): void {
    write(this.#where, WHERE[this.recogniser]);
  }
}
