export { FLITE_VOICES, Flite, type FliteVoice, type Spoken } from './flite.ts';
