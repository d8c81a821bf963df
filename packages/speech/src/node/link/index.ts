export type { Ear, OpenEar } from './ear.ts';
export { openEars } from './open-ears.ts';
export { VoiceServer } from './voice-server.ts';
