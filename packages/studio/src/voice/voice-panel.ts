import { element, make, write } from '../view/elements.ts';
import type { SpeechInputState } from './speech-input.ts';

/** Recogniser of the page's server, or of the browser. */
export type RecogniserChoice = 'server' | 'browser';

/** Voice of the answers: a voice of the browser, or Flite when the browser has none that works without the network. */
export type AnswerVoice = 'browser' | 'flite';

/** Functions that the voice panel calls. */
export interface VoiceHandlers {
  /** The push-to-talk button or its key was pressed. */
  press(): void;
  release(): void;
  arm(armed: 'armed' | 'disarmed'): void;
  /** The user switched spoken answers on or off. */
  answersChanged(): void;
  selectRecogniser(recogniser: RecogniserChoice): void;
  answer(word: 'yes' | 'no'): void;
}

/** One line of the transcript. */
export interface TranscriptLine {
  readonly id: number;
  readonly from: 'voice' | 'typed' | 'robot';
  readonly text: string;
}

const AUDIO_DESTINATION_TEXTS: Readonly<Record<RecogniserChoice, string>> = {
  server: "Audio goes only to this computer's praxis server, which does not store it.",
  browser:
    "Audio goes to this browser's vendor, unless the browser recognises speech locally. The vendor decides about its use.",
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
  flite: "with Flite's voice, which the page fetches from its server (21 MB): this browser has no voice of its own",
};

/** Number of lines in the transcript; older lines are removed. */
const MAX_TRANSCRIPT_LINES = 30;

/** The voice section of the page: buttons, state of speech input, and transcript. */
export class VoicePanel {
  readonly #state = element('voice-state', HTMLOutputElement);
  readonly #microphoneIndicator = element('microphone-indicator', HTMLElement);
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
  /** The newest line of the transcript, which is visible while the voice section is folded up. */
  readonly #reply = element('reply', HTMLElement);
  readonly #section = element('voice', HTMLDetailsElement);
  readonly #lines = new Map<number, HTMLElement>();
  readonly #handlers: VoiceHandlers;
  #voice: AnswerVoice = 'flite';
  /** True after the user has switched spoken answers on or off. */
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
    this.#section.open = true;
    this.#handlers.press();
  }

  release(): void {
    if (this.#talk.dataset.held === undefined) return;
    delete this.#talk.dataset.held;
    this.#handlers.release();
  }

  /** Disables the choice of a recogniser that the browser does not have. */
  disableBrowserRecogniser(): void {
    const [, browserOption] = this.#recogniser.options;
    browserOption.disabled = true;
    browserOption.text = "the browser's own: not available in this browser";
  }

  get voice(): AnswerVoice {
    return this.#voice;
  }

  get answers(): 'aloud' | 'silent' {
    return this.#speak.checked ? 'aloud' : 'silent';
  }

  /** Selects the voice. Answers with Flite stay off until the user switches them on, because its download is large. */
  set voice(voice: AnswerVoice) {
    this.#voice = voice;
    if (!this.#answersChosen) this.#speak.checked = voice === 'browser';
    this.#speak.parentElement!.title = VOICE_DESCRIPTIONS[voice];
  }

  /** Switches spoken answers off and displays the reason. @param reason one line */
  reportMissingVoice(reason: string): void {
    this.#speak.checked = false;
    write(this.#answers, `Spoken answers are off: ${reason}.`);
  }

  set state(state: SpeechInputState) {
    const { kind } = state;
    this.#state.dataset.state = kind;
    write(this.#state, STATE_LABELS[kind]);
    const message = 'message' in state ? state.message : '';
    this.#errorText.hidden = message === '';
    write(this.#errorText, message);
    this.#microphoneIndicator.hidden = kind === 'off' || kind === 'ready' || kind === 'failed';
    // The switch shows the actual state of listening.
    if (kind === 'failed' || kind === 'off') this.#armed.checked = false;
    if (kind === 'failed') this.#section.open = true;
  }

  set level(level: number) {
    this.#level.value = level;
  }

  /** Number of audio blocks that were dropped. */
  set dropped(blocks: number) {
    write(this.#dropped, blocks > 0 ? `${blocks} audio blocks were dropped: this computer is too slow.` : '');
  }

  /** Question that waits for yes or no; undefined hides it. */
  set confirm(text: string | undefined) {
    this.#confirm.hidden = text === undefined;
    write(this.#confirmText, text ?? '');
  }

  addLine({ id, from, text }: TranscriptLine): void {
    const line = make('li', from);
    line.append(make(from === 'robot' ? 'span' : 'q', '', text), make('span', 'answer'));
    this.#lines.set(id, line);
    this.#transcript.prepend(line);
    this.#displayNewest();
    for (const [old, removed] of this.#lines) {
      if (this.#lines.size <= MAX_TRANSCRIPT_LINES) break;
      this.#lines.delete(old);
      removed.remove();
    }
  }

  /** @param id id of a line; a removed line is ignored */
  setAnswer(id: number, text: string): void {
    const answer = this.#lines.get(id)?.querySelector<HTMLElement>('.answer');
    if (answer) write(answer, text);
    this.#displayNewest();
  }

  #displayNewest(): void {
    const newest = this.#transcript.firstElementChild;
    this.#reply.replaceChildren(...[...(newest?.childNodes ?? [])].flatMap((part) => [part.cloneNode(true), ' ']));
  }

  #displayAudioDestination(): void {
    write(this.#audioDestination, AUDIO_DESTINATION_TEXTS[this.recogniser]);
  }
}
