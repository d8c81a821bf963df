import { stopWordIn } from '@praxis/core';
import type { VocabularyExtension } from '@praxis/policy';
import type { StopEvent } from '@praxis/speech';
import { wordsIn } from '@praxis/teleop';
import type { FromEpisode } from '../protocol/protocol.ts';
import { BrowserEar, browserListens } from './browser-ear.ts';
import { BrowserMouth, browserSpeaks } from './browser-mouth.ts';
import type { Ear, EarHandlers, EarState, Said } from './ear.ts';
import { FliteMouth } from './flite-mouth.ts';
import { ServerEar } from './server-ear.ts';
import { Speaker } from './speaker.ts';
import { type Recogniser, VoicePanel } from './voice-panel.ts';

/** A stop word and the utterance that it stands in end this near to each other (s). */
const SAME_STOP = 1;

/** What speech does to the episode. */
export interface VoiceEffects {
  /** Said or typed; the answer has the same id. */
  say(utterance: { readonly id: number; readonly text: string }): void;
  /** A stop word: to the supervisor, past everything that thinks about words. */
  stop(): void;
  /** Nobody holds the button, or nobody listens any more. */
  released(): void;
}

/** Joins microphone, recogniser and loudspeaker with the worker that knows what words mean. */
export class Voice {
  readonly panel: VoicePanel;
  readonly #effects: VoiceEffects;
  readonly #speaker = new Speaker();
  #extension: VocabularyExtension = { words: [], instructions: [] };
  #ear: Ear;
  #armed = false;
  #held = false;
  #next = 0;
  /** Whether anybody listens. */
  #hears = false;
  /** What was said aloud and not answered yet. */
  readonly #spoken = new Set<number>();
  /** End of the last stop word (s since 1970). */
  #lastStop = Number.NEGATIVE_INFINITY;

  constructor(effects: VoiceEffects) {
    this.#effects = effects;
    this.panel = new VoicePanel({
      press: () => {
        this.#held = true;
        this.#ear.listen();
      },
      release: () => {
        this.#held = false;
        if (!this.#armed) this.#ear.rest();
        effects.released();
      },
      arm: (armed) => {
        this.#armed = armed === 'armed';
        if (this.#armed) this.#ear.listen();
        else if (!this.#held) this.#rest();
      },
      answers: () => this.#chooseMouth(),
      choose: (recogniser) => this.#choose(recogniser),
      answer: (word) => this.#say('typed', word),
    });
    this.#ear = this.#open(this.panel.recogniser);
    if (!browserListens()) this.panel.withoutBrowserRecogniser();
    this.#findVoice();
    // A page that is left keeps no microphone.
    window.addEventListener('pagehide', () => this.#ear.close());
  }

  /** What the loaded policy knows: the next time that listening begins the recogniser knows it as well. */
  set extension(extension: VocabularyExtension) {
    this.#extension = extension;
  }

  /** @param text as somebody wrote it */
  typed(text: string): void {
    this.#say('typed', text);
  }

  /** What the worker made of something that was said, or says by itself. */
  reply({ id, words, pending }: Extract<FromEpisode, { kind: 'reply' }>): void {
    this.panel.confirm = pending;
    const text = words.join('; ');
    if (id !== undefined) this.panel.answer(id, text);
    else if (text !== '') this.panel.add({ id: this.#next++, from: 'robot', text });
    // Whoever types reads.
    if (text !== '' && (id === undefined ? this.#hears : this.#spoken.delete(id))) this.#speaker.say(text);
  }

  #say(from: 'voice' | 'typed', text: string): void {
    const id = this.#next++;
    this.panel.add({ id, from, text });
    if (from === 'voice') this.#spoken.add(id);
    this.#effects.say({ id, text });
  }

  #open(recogniser: Recogniser): Ear {
    const handlers: EarHandlers = {
      state: (state) => this.#show(state),
      said: (said) => this.#heard(said),
      stop: (stop) => this.#stop(stop),
      level: (level) => {
        this.panel.level = level;
      },
      dropped: (pieces) => {
        this.panel.dropped = pieces;
      },
    };
    return recogniser === 'server' ? new ServerEar(handlers, () => this.#extension) : new BrowserEar(handlers);
  }

  #choose(recogniser: Recogniser): void {
    this.#ear.close();
    this.#ear = this.#open(recogniser);
  }

  #show(state: EarState): void {
    this.panel.state = state;
    this.#hears = state.kind !== 'trouble' && state.kind !== 'off';
    if (this.#hears) return;
    this.#armed = false;
    // Whoever held the button is no longer heard.
    this.#effects.released();
  }

  #rest(): void {
    this.#ear.rest();
    this.#effects.released();
  }

  /** The supervisor hears of it before anything else is done, and as often as it is heard. */
  #stop({ word, end }: StopEvent): void {
    this.#effects.stop();
    const again = end - this.#lastStop < SAME_STOP;
    this.#lastStop = end;
    if (!again) this.#note(word, 'stopping');
  }

  #heard(said: Said): void {
    const { text, accepted, confidence, start, end } = said;
    const stopped = this.#lastStop > start - SAME_STOP && this.#lastStop < end + SAME_STOP;
    if (text === '' || (stopped && stopWordIn(wordsIn(text)))) return;
    if (this.#speaker.saidDuring(said)) this.#note(text, 'while the page itself spoke: left alone');
    else if (accepted === 'no') this.#note(text, `probably no command (${confidence.toFixed(2)}): left alone`);
    else this.#say('voice', text);
  }

  #note(text: string, answer: string): void {
    const id = this.#next++;
    this.panel.add({ id, from: 'voice', text });
    this.panel.answer(id, answer);
  }

  /** Browsers load their voices late. */
  #findVoice(): void {
    const look = () => {
      const before = this.panel.voice;
      this.panel.voice = browserSpeaks() ? 'browser' : 'flite';
      if (this.panel.voice !== before) this.#chooseMouth();
    };
    look();
    globalThis.speechSynthesis?.addEventListener('voiceschanged', look);
  }

  #chooseMouth(): void {
    const { answers, voice } = this.panel;
    if (answers === 'silent') this.#speaker.mouth = undefined;
    else if (voice === 'browser') this.#speaker.mouth = new BrowserMouth();
    else {
      this.#speaker.mouth = new FliteMouth((message) => {
        this.#speaker.mouth = undefined;
        this.panel.withoutVoice(message);
      });
    }
  }
}
