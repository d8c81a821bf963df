import { stopWordIn } from '@praxis/core';
import type { VocabularyExtension } from '@praxis/policy';
import type { StopEvent } from '@praxis/speech';
import { wordsIn } from '@praxis/teleop';
import type { FromEpisode } from '../protocol/protocol.ts';
import { BrowserSpeechInput, hasBrowserRecogniser } from './browser-speech-input.ts';
import { BrowserSynthesizer, hasBrowserVoice } from './browser-synthesizer.ts';
import { FliteSynthesizer } from './flite-synthesizer.ts';
import { ServerSpeechInput } from './server-speech-input.ts';
import type { SpeechInput, SpeechInputHandlers, SpeechInputState, SpokenUtterance } from './speech-input.ts';
import { SpeechOutput } from './speech-output.ts';
import { type RecogniserChoice, VoicePanel } from './voice-panel.ts';

/** A stop word and the utterance that it stands in end this near to each other (s). */
const SAME_STOP_WINDOW_S = 1;

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
export class VoiceController {
  readonly panel: VoicePanel;
  readonly #effects: VoiceEffects;
  readonly #speechOutput = new SpeechOutput();
  #extension: VocabularyExtension = { words: [], instructions: [] };
  #speechInput: SpeechInput;
  #armed = false;
  #talkHeld = false;
  #nextId = 0;
  /** Whether anybody listens. */
  #listening = false;
  /** What was said aloud and not answered yet. */
  readonly #spokenIds = new Set<number>();
  /** End of the last stop word (s since 1970). */
  #lastStopEnd = Number.NEGATIVE_INFINITY;

  constructor(effects: VoiceEffects) {
    this.#effects = effects;
    this.panel = new VoicePanel({
      press: () => {
        this.#talkHeld = true;
        this.#speechInput.startListening();
      },
      release: () => {
        this.#talkHeld = false;
        if (!this.#armed) this.#speechInput.stopListening();
        effects.released();
      },
      arm: (armed) => {
        this.#armed = armed === 'armed';
        if (this.#armed) this.#speechInput.startListening();
        else if (!this.#talkHeld) this.#stopListening();
      },
      answersChanged: () => this.#selectSynthesizer(),
      selectRecogniser: (recogniser) => this.#selectRecogniser(recogniser),
      answer: (word) => this.#sendText('typed', word),
    });
    this.#speechInput = this.#openSpeechInput(this.panel.recogniser);
    if (!hasBrowserRecogniser()) this.panel.disableBrowserRecogniser();
    this.#detectVoice();
    // A page that is left keeps no microphone.
    window.addEventListener('pagehide', () => this.#speechInput.close());
  }

  /** What the loaded policy knows: the next time that listening begins the recogniser knows it as well. */
  set extension(extension: VocabularyExtension) {
    this.#extension = extension;
  }

  /** @param text as somebody wrote it */
  submitTypedText(text: string): void {
    this.#sendText('typed', text);
  }

  /** What the worker made of something that was said, or says by itself. */
  displayReply({ id, words, pending }: Extract<FromEpisode, { kind: 'reply' }>): void {
    this.panel.confirm = pending;
    const text = words.join('; ');
    if (id !== undefined) this.panel.setAnswer(id, text);
    else if (text !== '') this.panel.addLine({ id: this.#nextId++, from: 'robot', text });
    // Whoever types reads.
    if (text !== '' && (id === undefined ? this.#listening : this.#spokenIds.delete(id)))
      this.#speechOutput.speak(text);
  }

  #sendText(from: 'voice' | 'typed', text: string): void {
    const id = this.#nextId++;
    this.panel.addLine({ id, from, text });
    if (from === 'voice') this.#spokenIds.add(id);
    this.#effects.say({ id, text });
  }

  #openSpeechInput(recogniser: RecogniserChoice): SpeechInput {
    const handlers: SpeechInputHandlers = {
      onState: (state) => this.#displayState(state),
      onUtterance: (utterance) => this.#handleUtterance(utterance),
      onStopWord: (stop) => this.#handleStopWord(stop),
      onLevel: (level) => {
        this.panel.level = level;
      },
      onDropped: (pieces) => {
        this.panel.dropped = pieces;
      },
    };
    return recogniser === 'server'
      ? new ServerSpeechInput(handlers, () => this.#extension)
      : new BrowserSpeechInput(handlers);
  }

  #selectRecogniser(recogniser: RecogniserChoice): void {
    this.#speechInput.close();
    this.#speechInput = this.#openSpeechInput(recogniser);
  }

  #displayState(state: SpeechInputState): void {
    this.panel.state = state;
    this.#listening = state.kind !== 'failed' && state.kind !== 'off';
    if (this.#listening) return;
    this.#armed = false;
    // Whoever held the button is no longer heard.
    this.#effects.released();
  }

  #stopListening(): void {
    this.#speechInput.stopListening();
    this.#effects.released();
  }

  /** The supervisor hears of it before anything else is done, and as often as it is heard. */
  #handleStopWord({ word, end }: StopEvent): void {
    this.#effects.stop();
    const again = end - this.#lastStopEnd < SAME_STOP_WINDOW_S;
    this.#lastStopEnd = end;
    if (!again) this.#addAnsweredLine(word, 'stopping');
  }

  #handleUtterance(utterance: SpokenUtterance): void {
    const { text, accepted, confidence, start, end } = utterance;
    const stopped = this.#lastStopEnd > start - SAME_STOP_WINDOW_S && this.#lastStopEnd < end + SAME_STOP_WINDOW_S;
    if (text === '' || (stopped && stopWordIn(wordsIn(text)))) return;
    if (this.#speechOutput.wasSpeakingDuring(utterance))
      this.#addAnsweredLine(text, 'while the page itself spoke: left alone');
    else if (accepted === 'no')
      this.#addAnsweredLine(text, `probably no command (${confidence.toFixed(2)}): left alone`);
    else this.#sendText('voice', text);
  }

  #addAnsweredLine(text: string, answer: string): void {
    const id = this.#nextId++;
    this.panel.addLine({ id, from: 'voice', text });
    this.panel.setAnswer(id, answer);
  }

  /** Browsers load their voices late. */
  #detectVoice(): void {
    const selectVoice = () => {
      const before = this.panel.voice;
      this.panel.voice = hasBrowserVoice() ? 'browser' : 'flite';
      if (this.panel.voice !== before) this.#selectSynthesizer();
    };
    selectVoice();
    globalThis.speechSynthesis?.addEventListener('voiceschanged', selectVoice);
  }

  #selectSynthesizer(): void {
    const { answers, voice } = this.panel;
    if (answers === 'silent') this.#speechOutput.synthesizer = undefined;
    else if (voice === 'browser') this.#speechOutput.synthesizer = new BrowserSynthesizer();
    else {
      this.#speechOutput.synthesizer = new FliteSynthesizer((message) => {
        this.#speechOutput.synthesizer = undefined;
        this.panel.reportMissingVoice(message);
      });
    }
  }
}
