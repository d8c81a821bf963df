import type { Random } from '@praxis/core';
import { babbleNoise, NOISES, speechEndS } from '@praxis/evaluation';
import {
  type Audio,
  concatenate,
  mixAtSnr,
  motorNoise,
  pinkNoise,
  resample,
  SPEECH_SAMPLE_RATE_HZ,
} from '@praxis/speech';
import { addReverb, applyMicrophoneResponse, drawVocalTract, perturbVocalTract, scaleToLevel } from './augmentation.ts';
import type { ExampleScript, ExampleScripts, ScriptPart } from './example-script.ts';

/** A synthetic voice of the training examples. */
export interface TrainingVoice {
  readonly name: string;
  /** Relative frequency of its examples. */
  readonly weight: number;
  /** Speaks a text. @param stretch factor on the duration */
  synthesize(text: string, stretch: number): Audio;
}

/** The sound of one training example. */
export interface TrainingExample {
  readonly audio: Audio;
  /** The stop words, each with the time of its end (s from the start of the sound). */
  readonly stops: readonly { readonly word: string; readonly end: number }[];
  readonly kind: ExampleScript['kind'];
  readonly text: string;
  readonly voice: string;
}

/** Largest number of voices that speak at once in babble noise. */
const BABBLE_VOICE_COUNT = 6;

/** Generates training examples: speech in rooms and noise, as a robot's microphone records it. */
export class ExampleGenerator {
  readonly #scripts: ExampleScripts;
  readonly #voices: readonly TrainingVoice[];
  readonly #recordings: readonly (() => Audio)[];
  readonly #random: Random;
  #babblePool: Audio[] = [];

  /**
   * @param scripts source of the texts
   * @param voices voices that speak them
   * @param recordings loaders of human speech without stop words
   * @param random source of all choices; the same seed gives the same examples
   */
  constructor(
    scripts: ExampleScripts,
    voices: readonly TrainingVoice[],
    recordings: readonly (() => Audio)[],
    random: Random,
  ) {
    this.#scripts = scripts;
    this.#voices = voices;
    this.#recordings = recordings;
    this.#random = random;
  }

  /** Generates the next example. */
  next(): TrainingExample {
    const random = this.#random;
    const script = this.#scripts.draw(random);
    if (script.kind === 'speech') return this.#speechExample(script.parts);
    const silent = { kind: script.kind, stops: [], voice: '', text: '' };
    if (script.kind === 'recording' && this.#recordings.length > 0) {
      const recording = resample(random.pick(this.#recordings)(), SPEECH_SAMPLE_RATE_HZ);
      const recorded = this.#simulateRecording(this.#padWithSilence(0.3, recording.samples, 0.3), 0.5);
      return { ...silent, audio: recorded };
    }
    const audio = {
      samples: new Float32Array(Math.round(random.uniform(1, 4) * SPEECH_SAMPLE_RATE_HZ)),
      rate: SPEECH_SAMPLE_RATE_HZ,
    };
    const noise = this.#drawNoise(audio.samples.length);
    return { ...silent, audio: scaleToLevel(noise, random.uniform(-60, -20)) };
  }

  #speechExample(parts: readonly ScriptPart[]): TrainingExample {
    const random = this.#random;
    const voice = this.#drawVoice();
    const stretch = random.uniform(0.8, 1.3);
    const tract = drawVocalTract(random);
    const sounds: Float32Array[] = [new Float32Array(Math.round(random.uniform(0.15, 1) * SPEECH_SAMPLE_RATE_HZ))];
    const stops: { word: string; end: number }[] = [];
    let length = sounds[0].length;
    for (const { text, stop } of parts) {
      const speech = perturbVocalTract(resample(voice.synthesize(text, stretch), SPEECH_SAMPLE_RATE_HZ), tract);
      if (stop !== undefined) stops.push({ word: stop, end: length / SPEECH_SAMPLE_RATE_HZ + speechEndS(speech) });
      const pause = new Float32Array(Math.round(random.uniform(0, 0.3) * SPEECH_SAMPLE_RATE_HZ));
      sounds.push(speech.samples, pause);
      length += speech.samples.length + pause.length;
    }
    const after = new Float32Array(Math.round(random.uniform(0.45, 0.8) * SPEECH_SAMPLE_RATE_HZ));
    const audio = this.#simulateRecording(
      { samples: concatenate([...sounds, after]), rate: SPEECH_SAMPLE_RATE_HZ },
      0.7,
    );
    return { audio, stops, kind: 'speech', text: parts.map(({ text }) => text).join(' | '), voice: voice.name };
  }

  #drawVoice(): TrainingVoice {
    const total = this.#voices.reduce((sum, { weight }) => sum + weight, 0);
    let left = this.#random.uniform(0, total);
    for (const voice of this.#voices) {
      left -= voice.weight;
      if (left < 0) return voice;
    }
    return this.#voices[0];
  }

  #padWithSilence(before: number, samples: Float32Array, after: number): Audio {
    const pause = (seconds: number) => new Float32Array(Math.round(seconds * SPEECH_SAMPLE_RATE_HZ));
    return { samples: concatenate([pause(before), samples, pause(after)]), rate: SPEECH_SAMPLE_RATE_HZ };
  }

  /** @param noiseChance probability of background noise */
  #simulateRecording(speech: Audio, noiseChance: number): Audio {
    const random = this.#random;
    const recorded = applyMicrophoneResponse(addReverb(speech, random), random);
    const withHiss = random.chance(0.3)
      ? recorded
      : mixAtSnr(recorded, this.#hissNoise(recorded.samples.length), random.uniform(30, 60));
    const noise = random.chance(noiseChance) ? this.#drawNoise(withHiss.samples.length) : undefined;
    const mixed = noise ? mixAtSnr(withHiss, noise, random.uniform(0, 25)) : withHiss;
    return scaleToLevel(mixed, random.uniform(-38, -12));
  }

  #drawNoise(length: number): Audio {
    const random = this.#random;
    switch (random.pick(NOISES)) {
      case 'pink':
        return pinkNoise(length, SPEECH_SAMPLE_RATE_HZ, random);
      case 'motor':
        return motorNoise(length, SPEECH_SAMPLE_RATE_HZ, random);
      case 'babble':
        return babbleNoise(this.#drawBabbleVoices(), length, random);
    }
  }

  #hissNoise(length: number): Audio {
    return { samples: Float32Array.from({ length }, () => this.#random.normal(0, 1)), rate: SPEECH_SAMPLE_RATE_HZ };
  }

  /** Draws speech for babble noise from a pool, which gets a new voice from time to time. */
  #drawBabbleVoices(): readonly Audio[] {
    const random = this.#random;
    const missing = Math.max(0, 3 * BABBLE_VOICE_COUNT - this.#babblePool.length);
    for (let i = 0; i < Math.max(missing, random.chance(0.3) ? 1 : 0); i++) {
      const speech = [
        this.#scripts.drawRandomWords(random),
        this.#scripts.drawRandomWords(random),
        this.#scripts.drawRandomWords(random),
      ].join(', ');
      this.#babblePool.push(
        perturbVocalTract(
          resample(this.#drawVoice().synthesize(speech, 1), SPEECH_SAMPLE_RATE_HZ),
          drawVocalTract(random),
        ),
      );
    }
    this.#babblePool = this.#babblePool.slice(-3 * BABBLE_VOICE_COUNT);
    return Array.from({ length: 1 + random.integer(BABBLE_VOICE_COUNT) }, () => random.pick(this.#babblePool));
  }
}
