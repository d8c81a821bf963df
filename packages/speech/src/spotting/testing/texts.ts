import { concatenate, SPEECH_SAMPLE_RATE_HZ } from '../../audio/audio.ts';
import { resample } from '../../audio/resample.ts';
import type { Flite, FliteVoice } from '../../tts/flite.ts';

/** Texts that hold a stop word at their end. */
export const STOP_TEXTS = ['stop', 'halt', 'freeze', 'emergency', 'please stop', 'move left and stop'] as const;

/** Commands and conversation without a stop word. */
export const OTHER_TEXTS = [
  'pick up the red cube',
  'move left five centimeters',
  'half speed',
  'hold it',
  'take hold of the purple cube please',
  'pick up the orange brick',
  'abort',
  'please raise the blue brick',
  'go home',
  'he said the results would be ready next week',
  'we should order coffee',
] as const;

/** Silence before and after a text (s). */
const PAUSE_S = 0.6;

/** The sound of a text between two pauses, at 16 kHz. @returns samples, and the end of the speech in them (s) */
export function speakBetweenPauses(flite: Flite, text: string, voice: FliteVoice) {
  const speech = resample(flite.synthesize(text, { voice, stretch: 1 }), SPEECH_SAMPLE_RATE_HZ).samples;
  const pause = new Float32Array(PAUSE_S * SPEECH_SAMPLE_RATE_HZ);
  return { samples: concatenate([pause, speech, pause]), ended: PAUSE_S + speech.length / SPEECH_SAMPLE_RATE_HZ };
}
