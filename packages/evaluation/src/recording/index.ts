/**
 * What a recording says of its run, for whoever records an episode: in Node and in browsers.
 *
 * @example
 * import { RESULT, sampleCounts } from '@praxis/evaluation/recording';
 *
 * file.addMetadata({ name: RESULT, values: { outcome: 'success', ...sampleCounts(recorder) } });
 * @module
 */
export { episodeResultFacts } from './result-facts.ts';
export { sampleCounts } from './sample-counts.ts';
export {
  type BuildFacts,
  type EpisodeFacts,
  FACTS,
  type FileFacts,
  type LoopFacts,
  RESULT,
  type RunFacts,
  type StartFacts,
  startMetadata,
} from './start-facts.ts';
