export type { OpenSpeechSession, SpeechSession } from './link/connection.ts';
export { VoiceServer } from './link/voice-server.ts';
export { type ListenerOptions, openListener } from './listener/open-listener.ts';
export { type SpeechSessionOptions, speechSessionOpener } from './listener/open-speech-session.ts';
export { microphone } from './microphone/microphone.ts';
export { findRecorder, namesOfRecorders, type Recorder } from './microphone/recorders.ts';
export { type FetchedModel, type FetchModelOptions, fetchModel } from './models/fetch-model.ts';
export { MODELS, type PublishedModel } from './models/published-models.ts';
export {
  findPocketSphinx,
  POCKETSPHINX_INSTALL_COMMAND,
  type PocketSphinxFiles,
} from './pocketsphinx/find-pocketsphinx.ts';
export { PocketSphinx } from './pocketsphinx/recogniser.ts';
export { hasSherpa, SHERPA_INSTALL_COMMAND } from './sherpa/library.ts';
export { SherpaOnnx } from './sherpa/recogniser.ts';
export { FLITE_FILE, loadFlite, loadSpeechEmbedder, loadStopNetwork, loadVad } from './weights/load.ts';
