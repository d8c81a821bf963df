/** Policies of other frameworks as manifests: LeRobot's folders and bare ONNX graphs. Nothing here reads a file. */
export type { Axis } from '../numbers/axes.ts';
export type { ElementStatistics, Normalisation } from '../numbers/normalisation.ts';
export {
  type AnswerOption,
  FITS,
  GRIPPER_UNITS,
  type ImportAnswers,
  JOINT_UNITS,
  NO_ANSWERS,
  PIXEL_RANGES,
  type Question,
  questionsText,
  withAnswer,
} from './answers.ts';
export { type BareAnswers, barePolicy, type GraphStatistics, statisticsFile } from './bare-policy.ts';
export type {
  ForeignAction,
  ForeignFloat,
  ForeignImage,
  ForeignInput,
  ForeignPolicy,
  ForeignString,
  ForeignTokenizer,
  ForeignTokens,
  ForeignVector,
  TokenMaskType,
} from './foreign-policy.ts';
export { actionSignature, type GraphSignature, type InputSignature, inputSignatures } from './graph-signature.ts';
export { type ImportResult, importManifest } from './import-manifest.ts';
export { type LerobotConfig, type LerobotFeature, lerobotConfig } from './lerobot-config.ts';
export { type LerobotDataset, lerobotDataset } from './lerobot-dataset.ts';
export { type LerobotParts, lerobotPolicy } from './lerobot-policy.ts';
export { type LerobotProcessors, type LerobotText, lerobotProcessors, type ReadFile } from './lerobot-processors.ts';
export { type RecordedPolicy, type RecordedStep, recordedSteps } from './recorded-steps.ts';
export type { ImportRobot } from './robot-elements.ts';
export { numbersOf, parseSafetensors, type SafeTensor, type Safetensors } from './safetensors.ts';
export { TOKENIZER_FILE } from './text-input.ts';
export { tokenizerFiles } from './tokenizer-files.ts';
