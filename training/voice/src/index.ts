export { type DatasetOptions, type DatasetSummary, generateDataset } from './dataset.ts';
export { ExampleGenerator, type TrainingVoice } from './example-generator.ts';
export { type DatasetMix, ExampleScripts } from './example-script.ts';
export { generateShard, type Shard } from './shard.ts';
export { dictionaryWords, findRecordings, findTrainingVoices } from './training-voices.ts';
