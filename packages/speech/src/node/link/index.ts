export type { Ear, OpenEar } from './ear.ts';
export { VoiceServer } from './voice-server.ts';
