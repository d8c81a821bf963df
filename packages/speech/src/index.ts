export { DEFAULT_SEGMENTER, Segmenter, type SegmenterOptions, type Utterance } from './activity/segmenter.ts';
export { FRAME, SileroActivity } from './activity/silero.ts';
export { type Audio, durationOf, joined, rms, SPEECH_RATE, Succession } from './audio/audio.ts';
export { NoiseSuppressor, SUPPRESSOR_DELAY } from './audio/denoise.ts';
export { motorNoise, pinkNoise, withNoise } from './audio/noise.ts';
export { type PcmFormat, pcmSamples, toInt16 } from './audio/pcm.ts';
export { Resampler, resample } from './audio/resample.ts';
export { readWav, writeWav } from './audio/wav.ts';
export { SpeechEmbedding, WIDTH } from './embedding/speech-embedding.ts';
export { voiceCodec } from './link/codec.ts';
export {
  HIGHEST_RATE,
  LOWEST_RATE,
  type Opening,
  parseOpening,
  VOICE_PATH,
  type VoiceService,
} from './link/messages.ts';
export { decodePiece, encodePiece, LARGEST_PIECE, LONGEST_PIECE, type Piece } from './link/piece.ts';
export { Backlog } from './listening/backlog.ts';
export type { HeardUtterance, Level, ListenerCounters, ListenerState } from './listening/heard.ts';
export { Intake } from './listening/intake.ts';
export { Listener, type ListenerParts } from './listening/listener.ts';
export type { CommandGrammar, GrammarModule, GrammarSource } from './recognition/command-grammar.ts';
export type { AttentionGate, Recogniser, Recognition } from './recognition/recogniser.ts';
export type { StopCandidate, StopEvent, StopSpotter } from './recognition/stop-event.ts';
export { DEFAULT_THRESHOLDS, type StopGraphs, StopNetwork, type StopThresholds } from './spotting/stop-network.ts';
export { FLITE_VOICES, Flite, type FliteVoice, type Spoken } from './tts/flite.ts';
