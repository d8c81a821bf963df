export { readClips } from './clip-files.ts';
export { type Clip, type ClipOutcome, type HeardClip, judgeClip } from './clips.ts';
export { listen } from './episodes/listen.ts';
export { play } from './episodes/play.ts';
export { pairOf, spokenPage, spokenReport, spokenTable } from './episodes/report.ts';
export { type Outcome, type Wish, wishesOf } from './episodes/wish.ts';
export { type Heard, hearing } from './hearing.ts';
export { intentOf } from './intent-of.ts';
export { keptIn } from './kept.ts';
export { heardBy, mustRun } from './listening.ts';
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
export { Results } from './results.ts';
export { babble, type Condition, endOfSpeech, inARoom, NOISES, type Noise, PAUSE, under } from './sound.ts';
export { findSpeakers } from './speakers.ts';
export { crowd, speakersCalled, speakersOrHeldOut } from './speakers-called.ts';
export { chatting, murmuring, saying } from './speaking.ts';
export { has, spoken } from './speech-program.ts';
export { drawingTrials, LOUDNESS } from './stop-latency/draw.ts';
export { SimulatedMicrophone } from './stop-latency/microphone.ts';
export { type Done, latencyPage, latencyRows, latencyTable } from './stop-latency/report.ts';
export { stopTrial } from './stop-latency/trial.ts';
export type { StopTally } from './stop-tally.ts';
export { wordErrors } from './words.ts';
