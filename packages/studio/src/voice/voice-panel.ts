import { element, make, write } from '../view/elements.ts';
import type { SpeechInputState } from './speech-input.ts';

/** Which recogniser listens. */
export type RecogniserChoice = 'server' | 'browser';

/** Whose voice answers: one of the browser's, or Flite's where it has none that works without the network. */
export type AnswerVoice = 'browser' | 'flite';

export interface VoiceHandlers {
  /** The button to talk, or its key, goes down. */
  press(): void;
  release(): void;
  arm(armed: 'armed' | 'disarmed'): void;
  /** Whether answers are given aloud was changed. */
  answersChanged(): void;
  selectRecogniser(recogniser: RecogniserChoice): void;
  answer(word: 'yes' | 'no'): void;
}

/** One thing that was said. */
export interface Transport {
  readonly id: number;
  readonly from: 'voice' | 'typed' | 'robot';
  readonly text: string;
}

const AUDIO_DESTINATION_TEXTS: Readonly<Record<RecogniserChoice, string>> = {
  server: "Audio goes to this computer's praxis server, which keeps none of it, and nowhere else.",
  browser:
    "Audio goes to this browser's vendor, unless the browser recognises on its own: what becomes of it there is in the vendor's hands.",
};

const STATE_LABELS: Readonly<Record<SpeechInputState['kind'], string>> = {
  off: 'off',
  starting: 'starting',
  ready: 'ready',
  listening: 'listening',
  speech: 'speech detected',
  degraded: 'poor audio',
  failed: 'not listening',
};

const VOICE_DESCRIPTIONS: Readonly<Record<AnswerVoice, string>> = {
  browser: 'with a voice of this computer',
  flite: "with Flite's voice, which is then fetched from this page's server (21 MB): this browser has none of its own",
};

/** Things said that stay on the page. */
const MAX_TRANSCRIPT_LINES = 30;

/** The voice's buttons, how listening is, and what was said. */
export class VoicePanel {
  readonly #state = element('voice-state', HTMLOutputElement);
  readonly #microphoneSign = element('microphone-sign', HTMLElement);
  readonly #talk = element('talk', HTMLButtonElement);
  readonly #armed = element('armed', HTMLInputElement);
  readonly #speak = element('speak', HTMLInputElement);
  readonly #recogniser = element('recogniser', HTMLSelectElement);
  readonly #level = element('voice-level', HTMLMeterElement);
  readonly #errorText = element('voice-error', HTMLElement);
  readonly #audioDestination = element('audio-destination', HTMLElement);
  readonly #dropped = element('voice-dropped', HTMLElement);
  readonly #answers = element('voice-answers', HTMLElement);
  readonly #confirm = element('confirm', HTMLElement);
  readonly #confirmText = element('confirm-text', HTMLElement);
  readonly #transcript = element('transcript', HTMLOListElement);
  readonly #lines = new Map<number, HTMLElement>();
  readonly #handlers: VoiceHandlers;
  #voice: AnswerVoice = 'flite';
  /** Whether somebody has said if answers are given aloud. */
  #answersChosen = false;

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
      this.#answersChosen = true;
      write(this.#answers, '');
      handlers.answersChanged();
    };
    this.#recogniser.onchange = () => {
      this.#displayAudioDestination();
      handlers.selectRecogniser(this.recogniser);
    };
    for (const word of ['yes', 'no'] as const) element(word, HTMLButtonElement).onclick = () => handlers.answer(word);
    this.#displayAudioDestination();
  }

  get recogniser(): RecogniserChoice {
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
  disableBrowserRecogniser(): void {
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
    if (!this.#answersChosen) this.#speak.checked = voice === 'browser';
    this.#speak.parentElement!.title = VOICE_DESCRIPTIONS[voice];
  }

  /** There is none. @param why one line */
  reportMissingVoice(why: string): void {
    this.#speak.checked = false;
    write(this.#answers, `Answers stay silent: ${why}.`);
  }

  set state(state: SpeechInputState) {
    const { kind } = state;
    this.#state.dataset.state = kind;
    write(this.#state, STATE_LABELS[kind]);
    const message = 'message' in state ? state.message : '';
    this.#errorText.hidden = message === '';
    write(this.#errorText, message);
    this.#microphoneSign.hidden = kind === 'off' || kind === 'ready' || kind === 'failed';
    // Armed is what listens, not what once was asked to.
    if (kind === 'failed' || kind === 'off') this.#armed.checked = false;
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

  addLine({ id, from, text }: Transport): void {
    const line = make('li', from);
    line.append(make(from === 'robot' ? 'span' : 'q', '', text), make('span', 'answer'));
    this.#lines.set(id, line);
    this.#transcript.prepend(line);
    for (const [old, removed] of this.#lines) {
      if (this.#lines.size <= MAX_TRANSCRIPT_LINES) break;
      this.#lines.delete(old);
      removed.remove();
    }
  }

  /** @param id of a line; one that has gone is not answered any more */
  setAnswer(id: number, text: string): void {
    const answer = this.#lines.get(id)?.querySelector<HTMLElement>('.answer');
    if (answer) write(answer, text);
  }

  #displayAudioDestination(): void {
    write(this.#audioDestination, AUDIO_DESTINATION_TEXTS[this.recogniser]);
  }
}
