export { type Clip, type ClipOutcome, type HeardClip, judgeClip } from './clips.ts';
export { type Heard, hearing } from './hearing.ts';
export {
  type HeardRow,
  type Kept,
  type MeasureOptions,
  measureSteps,
  measureVoice,
  type Speaker,
  type Tally,
  type VoiceReport,
} from './measure.ts';
export {
  measureStops,
  type StopOptions,
  type StopReport,
  type StopRow,
  type StopsKept,
  stopSteps,
} from './measure-stops.ts';
export { CHATTER, drawPhrases, type Phrase, STOPS } from './phrases.ts';
export { babble, type Condition, endOfSpeech, inARoom, NOISES, type Noise, PAUSE, under } from './sound.ts';
export { chatting, murmuring, saying } from './speaking.ts';
export type { StopTally } from './stop-tally.ts';
export { wordErrors } from './words.ts';
