export { type Audio, Concatenator, concatenate, durationS, rms, SPEECH_SAMPLE_RATE_HZ } from './audio/audio.ts';
export { mixAtSnr, motorNoise, pinkNoise } from './audio/noise.ts';
export { NoiseSuppressor, SUPPRESSOR_DELAY_S } from './audio/noise-suppressor.ts';
export { decodePcm, type PcmFormat, toInt16 } from './audio/pcm.ts';
export { Resampler, resample } from './audio/resample.ts';
export { readWav, writeWav } from './audio/wav.ts';
export { EMBEDDING_SIZE, SpeechEmbedder, type TimedEmbedding } from './embedding/speech-embedder.ts';
export {
  type AudioPacket,
  decodeAudioPacket,
  encodeAudioPacket,
  MAX_PACKET_BYTES,
  MAX_PACKET_SAMPLES,
} from './link/audio-packet.ts';
export { voiceCodec } from './link/codec.ts';
export {
  MIN_MICROPHONE_RATE_HZ,
  type OpenRequest,
  parseOpenRequest,
  VOICE_PATH,
  type VoiceService,
} from './link/messages.ts';
export { type AudioFrame, AudioFrontEnd } from './listening/audio-front-end.ts';
export { DropOldestQueue } from './listening/drop-oldest-queue.ts';
export { Listener, type ListenerParts } from './listening/listener.ts';
export type { AudioLevel, ListenerCounters, ListenerState, RecognisedUtterance } from './listening/listener-events.ts';
export type { CommandGrammar, GrammarModule, GrammarSource } from './recognition/command-grammar.ts';
export type { AttentionGate, Recogniser, RecognitionResult } from './recognition/recogniser.ts';
export type { StopCandidate, StopEvent, StopSpotter } from './recognition/stop-event.ts';
export { DEFAULT_STOP_THRESHOLDS, type StopGraphs, StopNetwork, type StopThresholds } from './spotting/stop-network.ts';
export { FLITE_VOICES, Flite, type FliteOptions, type FliteVoice } from './tts/flite.ts';
export { SileroVad, VAD_FRAME_SAMPLES } from './vad/silero.ts';
export {
  DEFAULT_SEGMENTER_OPTIONS,
  Segmenter,
  type SegmenterOptions,
  type Utterance,
} from './vad/utterance-segmenter.ts';
