export * from './activity/index.ts';
export * from './audio/index.ts';
export { SpeechEmbedding, WIDTH } from './embedding/speech-embedding.ts';
export * from './link/index.ts';
export * from './listening/index.ts';
export { Intake } from './listening/intake.ts';
export * from './recognition/index.ts';
export * from './spotting/index.ts';
export * from './tts/index.ts';
