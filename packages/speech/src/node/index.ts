export { loadExtension } from './extension.ts';
export { loadActivity, loadFlite } from './files.ts';
export { type Ear, type OpenEar, openEars, VoiceServer } from './link/index.ts';
export { openListener } from './listener.ts';
export { findPocketSphinx, HOW_TO_GET_IT, type PocketSphinxFiles } from './pocketsphinx/find.ts';
export { PocketSphinx } from './pocketsphinx/recogniser.ts';
export { DEFAULT_STRICTNESS, type Strictness } from './pocketsphinx/stop-decoder.ts';
export { PocketSphinxStops } from './pocketsphinx/stop-spotter.ts';
export { findSpeakers } from './speakers.ts';
