export { type DatasetOptions, type DatasetSummary, generateDataset } from './dataset.ts';
export { ExampleGenerator, type Voice } from './example-generator.ts';
export { Lessons, type Subject } from './lesson.ts';
export { generateShard, type Shard } from './shard.ts';
export { findTrainingVoices, recordingsIn, wordsOfDictionary } from './training-voices.ts';
