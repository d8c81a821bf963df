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

/** Detections of a stop word that end within this time (s) of each other belong to one utterance. */
const SAME_STOP_WINDOW_S = 1;

/** Effects of speech on the episode. */
export interface VoiceEffects {
  /** Submits a spoken or typed text; its reply has the same id. */
  submitText(utterance: { readonly id: number; readonly text: string }): void;
  /** Sends a stop to the supervisor directly, without interpretation of the utterance. */
  requestStop(): void;
  /** Ends continuous motion: the push-to-talk button was released, or speech input ended. */
  releaseTalk(): void;
}

/** Connects speech input and output with the episode worker, which interprets the texts. */
export class VoiceController {
  readonly panel: VoicePanel;
  readonly #effects: VoiceEffects;
  readonly #speechOutput = new SpeechOutput();
  #extension: VocabularyExtension = { words: [], instructions: [] };
  #speechInput: SpeechInput;
  #armed = false;
  #talkHeld = false;
  #nextId = 0;
  /** True while speech input is available. */
  #listening = false;
  /** Ids of spoken utterances without a reply. */
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
        effects.releaseTalk();
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
    // The page releases the microphone when the user leaves it.
    window.addEventListener('pagehide', () => this.#speechInput.close());
  }

  /** Vocabulary of the loaded policy. The recogniser uses it from its next start. */
  set extension(extension: VocabularyExtension) {
    this.#extension = extension;
  }

  /** Follows a typed text like an utterance. */
  submitTypedText(text: string): void {
    this.#sendText('typed', text);
  }

  /** Displays a reply of the worker and speaks it when it belongs to speech. */
  displayReply({ id, words, pending }: Extract<FromEpisode, { kind: 'reply' }>): void {
    this.panel.confirm = pending;
    const text = words.join('; ');
    if (id !== undefined) this.panel.setAnswer(id, text);
    else if (text !== '') this.panel.addLine({ id: this.#nextId++, from: 'robot', text });
    // Replies to typed texts are not spoken.
    if (text !== '' && (id === undefined ? this.#listening : this.#spokenIds.delete(id)))
      this.#speechOutput.speak(text);
  }

  #sendText(from: 'voice' | 'typed', text: string): void {
    const id = this.#nextId++;
    this.panel.addLine({ id, from, text });
    if (from === 'voice') this.#spokenIds.add(id);
    this.#effects.submitText({ id, text });
  }

  #openSpeechInput(recogniser: RecogniserChoice): SpeechInput {
    const handlers: SpeechInputHandlers = {
      onState: (state) => this.#displayState(state),
      onUtterance: (utterance) => this.#handleUtterance(utterance),
      onStopWord: (stop) => this.#handleStopWord(stop),
      onLevel: (level) => {
        this.panel.level = level;
      },
      onDropped: (blocks) => {
        this.panel.dropped = blocks;
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
    // Without speech input the release of the button has no effect, so continuous motion ends now.
    this.#effects.releaseTalk();
  }

  #stopListening(): void {
    this.#speechInput.stopListening();
    this.#effects.releaseTalk();
  }

  /** Requests a stop before all else, for every detection. The transcript shows detections of one utterance once. */
  #handleStopWord({ word, end }: StopEvent): void {
    this.#effects.requestStop();
    const again = end - this.#lastStopEnd < SAME_STOP_WINDOW_S;
    this.#lastStopEnd = end;
    if (!again) this.#addAnsweredLine(word, 'stopping');
  }

  #handleUtterance(utterance: SpokenUtterance): void {
    const { text, accepted, confidence, start, end } = utterance;
    const stopped = this.#lastStopEnd > start - SAME_STOP_WINDOW_S && this.#lastStopEnd < end + SAME_STOP_WINDOW_S;
    if (text === '' || (stopped && stopWordIn(wordsIn(text)))) return;
    if (this.#speechOutput.wasSpeakingDuring(utterance)) this.#addAnsweredLine(text, 'ignored: the page was speaking');
    else if (accepted === 'no') this.#addAnsweredLine(text, `ignored: probably no command (${confidence.toFixed(2)})`);
    else this.#sendText('voice', text);
  }

  #addAnsweredLine(text: string, answer: string): void {
    const id = this.#nextId++;
    this.panel.addLine({ id, from: 'voice', text });
    this.panel.setAnswer(id, answer);
  }

  /** Selects the voice now and again when the browser has loaded its voices. */
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
