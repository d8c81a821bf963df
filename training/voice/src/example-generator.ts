import type { Random } from '@praxis/core';
import { babble, endOfSpeech, NOISES } from '@praxis/evaluation';
import { type Audio, joined, motorNoise, pinkNoise, resample, SPEECH_RATE, withNoise } from '@praxis/speech';
import type { Lesson, Lessons, Part } from './lesson.ts';
import { atLevel, drawVocalTract, perturbVocalTract, throughMicrophone, withEchoes } from './sounds.ts';

/** Somebody that a spotter is taught by. */
export interface Voice {
  readonly name: string;
  /** How often it speaks, beside the others. */
  readonly weight: number;
  /** @param stretch duration of every sound */
  speak(text: string, stretch: number): Audio;
}

/** Sound of one lesson with the ends of the stop words in it (s). */
export interface Example {
  readonly audio: Audio;
  readonly stops: readonly { readonly word: string; readonly end: number }[];
  readonly kind: Lesson['kind'];
  readonly text: string;
  readonly voice: string;
}

/** Voices of the babble. */
const CROWD = 6;

/** Speaks lessons in rooms and noises, as a robot's microphone would hear them. */
export class ExampleGenerator {
  readonly #lessons: Lessons;
  readonly #voices: readonly Voice[];
  readonly #recordings: readonly (() => Audio)[];
  readonly #random: Random;
  #crowd: Audio[] = [];

  /** @param recordings of people who say no stop word */
  constructor(lessons: Lessons, voices: readonly Voice[], recordings: readonly (() => Audio)[], random: Random) {
    this.#lessons = lessons;
    this.#voices = voices;
    this.#recordings = recordings;
    this.#random = random;
  }

  next(): Example {
    const random = this.#random;
    const lesson = this.#lessons.draw(random);
    if (lesson.kind === 'speech') return this.#speech(lesson.parts);
    const silent = { kind: lesson.kind, stops: [], voice: '', text: '' };
    if (lesson.kind === 'recording' && this.#recordings.length > 0) {
      const recording = resample(random.pick(this.#recordings)(), SPEECH_RATE);
      const heard = this.#heard(this.#quiet(0.3, recording.samples, 0.3), 0.5);
      return { ...silent, audio: heard };
    }
    const audio = { samples: new Float32Array(Math.round(random.uniform(1, 4) * SPEECH_RATE)), rate: SPEECH_RATE };
    const noise = this.#noise(audio.samples.length);
    return { ...silent, audio: atLevel(noise, random.uniform(-60, -20)) };
  }

  #speech(parts: readonly Part[]): Example {
    const random = this.#random;
    const voice = this.#voice();
    const stretch = random.uniform(0.8, 1.3);
    const tract = drawVocalTract(random);
    const sounds: Float32Array[] = [new Float32Array(Math.round(random.uniform(0.15, 1) * SPEECH_RATE))];
    const stops: { word: string; end: number }[] = [];
    let length = sounds[0].length;
    for (const { text, stop } of parts) {
      const said = perturbVocalTract(resample(voice.speak(text, stretch), SPEECH_RATE), tract);
      if (stop !== undefined) stops.push({ word: stop, end: length / SPEECH_RATE + endOfSpeech(said) });
      const pause = new Float32Array(Math.round(random.uniform(0, 0.3) * SPEECH_RATE));
      sounds.push(said.samples, pause);
      length += said.samples.length + pause.length;
    }
    const after = new Float32Array(Math.round(random.uniform(0.45, 0.8) * SPEECH_RATE));
    const audio = this.#heard({ samples: joined([...sounds, after]), rate: SPEECH_RATE }, 0.7);
    return { audio, stops, kind: 'speech', text: parts.map(({ text }) => text).join(' | '), voice: voice.name };
  }

  #voice(): Voice {
    const total = this.#voices.reduce((sum, { weight }) => sum + weight, 0);
    let left = this.#random.uniform(0, total);
    for (const voice of this.#voices) {
      left -= voice.weight;
      if (left < 0) return voice;
    }
    return this.#voices[0];
  }

  #quiet(before: number, samples: Float32Array, after: number): Audio {
    const pause = (seconds: number) => new Float32Array(Math.round(seconds * SPEECH_RATE));
    return { samples: joined([pause(before), samples, pause(after)]), rate: SPEECH_RATE };
  }

  /** @param noisy how often there is noise */
  #heard(speech: Audio, noisy: number): Audio {
    const random = this.#random;
    const there = throughMicrophone(withEchoes(speech, random), random);
    const still = random.chance(0.3)
      ? there
      : withNoise(there, this.#hiss(there.samples.length), random.uniform(30, 60));
    const noise = random.chance(noisy) ? this.#noise(still.samples.length) : undefined;
    const all = noise ? withNoise(still, noise, random.uniform(0, 25)) : still;
    return atLevel(all, random.uniform(-38, -12));
  }

  #noise(length: number): Audio {
    const random = this.#random;
    switch (random.pick(NOISES)) {
      case 'pink':
        return pinkNoise(length, SPEECH_RATE, random);
      case 'motor':
        return motorNoise(length, SPEECH_RATE, random);
      case 'babble':
        return babble(this.#babblers(), length, random);
    }
  }

  #hiss(length: number): Audio {
    return { samples: Float32Array.from({ length }, () => this.#random.normal(0, 1)), rate: SPEECH_RATE };
  }

  /** Some who talk; another joins them now and then. */
  #babblers(): readonly Audio[] {
    const random = this.#random;
    const missing = Math.max(0, 3 * CROWD - this.#crowd.length);
    for (let i = 0; i < Math.max(missing, random.chance(0.3) ? 1 : 0); i++) {
      const said = [this.#lessons.talk(random), this.#lessons.talk(random), this.#lessons.talk(random)].join(', ');
      this.#crowd.push(perturbVocalTract(resample(this.#voice().speak(said, 1), SPEECH_RATE), drawVocalTract(random)));
    }
    this.#crowd = this.#crowd.slice(-3 * CROWD);
    return Array.from({ length: 1 + random.integer(CROWD) }, () => random.pick(this.#crowd));
  }
}
