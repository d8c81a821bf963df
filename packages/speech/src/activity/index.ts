export { DEFAULT_SEGMENTER, Segmenter, type SegmenterOptions, type Utterance } from './segmenter.ts';
export { FRAME, SileroActivity } from './silero.ts';
