import { type Audio, SPEECH_RATE } from '../audio/audio.ts';
import { resample } from '../audio/resample.ts';
import type { Speaker } from './measure.ts';
import { CHATTER } from './phrases.ts';
import { inARoom } from './sound.ts';

/** Somebody says something in a quiet room. @param stretch duration of every sound, 1 is as usual */
export const saying = (speaker: Speaker, text: string, stretch: number): Audio =>
  inARoom(resample(speaker.speak(text, stretch), SPEECH_RATE));

/** What somebody says in the background without a pause: a voice of babble. */
export const chatting = (speaker: Speaker): Audio =>
  resample(speaker.speak(CHATTER.slice(0, 6).join(', '), 1), SPEECH_RATE);
