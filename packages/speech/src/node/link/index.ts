export type { Ear, OpenEar } from './ear.ts';
export { type EarOptions, openEars } from './open-ears.ts';
export { VoiceServer } from './voice-server.ts';
