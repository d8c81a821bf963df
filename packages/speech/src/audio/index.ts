export { type Audio, durationOf, joined, rms, SPEECH_RATE } from './audio.ts';
export { NoiseSuppressor, SUPPRESSOR_DELAY } from './denoise.ts';
export { motorNoise, pinkNoise, withNoise } from './noise.ts';
export { type PcmFormat, pcmSamples } from './pcm.ts';
export { Resampler, resample } from './resample.ts';
export { Succession } from './succession.ts';
export { readWav, toInt16, writeWav } from './wav.ts';
