export { cameraViews } from './camera-views.ts';
export { drawView, type Pixel, type SceneView, type TrueThing } from './draw-view.ts';
export { contextPage } from './page.ts';
export { type RecordViewsOptions, recordViews } from './record-views.ts';
export { type SensedParts, sensedContext } from './sensed-context.ts';
export {
  type ContextMethod,
  type ContextStudy,
  type ContextStudyOptions,
  type FindRates,
  type PlaceErrors,
  studyContext,
} from './study.ts';
export { type PictureDetector, ThingFinder } from './thing-finder.ts';
