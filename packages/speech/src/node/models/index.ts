export { type FetchedModel, fetchModel, type ModelFetch } from './fetch-model.ts';
export { MODELS, type PublishedModel } from './table.ts';
