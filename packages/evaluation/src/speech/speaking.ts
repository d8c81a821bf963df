import { type Audio, resample, SPEECH_RATE } from '@praxis/speech';
import type { Speaker } from './measure.ts';
import { CHATTER } from './phrases.ts';
import { inARoom } from './sound.ts';

/** Somebody says something in a quiet room. @param stretch duration of every sound, 1 is as usual */
export const saying = (speaker: Speaker, text: string, stretch: number): Audio =>
  inARoom(resample(speaker.speak(text, stretch), SPEECH_RATE));

/** What somebody says in the background without a pause: a voice of babble. */
export const chatting = (speaker: Speaker): Audio =>
  resample(speaker.speak(CHATTER.slice(0, 6).join(', '), 1), SPEECH_RATE);

/** Voices of babble: more are a murmur, in which nobody stands out; one alone would be somebody else who speaks to the robot. */
const CROWD = 6;

/** Who talks in the background of whom: some of the crowd, himself left out. */
export function murmuring(crowd: readonly Speaker[]): (speaker: Speaker) => readonly Audio[] {
  const said = new Map<string, Audio>();
  return ({ name }) => {
    const others = crowd.filter((each) => each.name !== name).slice(0, CROWD);
    return (others.length > 0 ? others : crowd).map((each) => {
      const sound = said.get(each.name) ?? chatting(each);
      said.set(each.name, sound);
      return sound;
    });
  };
}
