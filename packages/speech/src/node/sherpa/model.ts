import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@praxis/core';

/** Supported kinds of model, with the patterns of their files and the file that identifies each kind. */
const MODEL_KINDS = {
  transducer: {
    label: 'streaming transducer (zipformer)',
    identifiedBy: 'joiner',
    files: {
      encoder: /^encoder\b.*\.onnx$/,
      decoder: /^decoder\b.*\.onnx$/,
      joiner: /^joiner\b.*\.onnx$/,
      tokens: /^tokens\.txt$/,
    },
  },
  moonshine: {
    label: 'Moonshine',
    identifiedBy: 'cachedDecoder',
    files: {
      preprocessor: /^preprocess\b.*\.onnx$/,
      encoder: /^encode\b.*\.onnx$/,
      uncachedDecoder: /^uncached_decode\b.*\.onnx$/,
      cachedDecoder: /^cached_decode\b.*\.onnx$/,
      tokens: /^tokens\.txt$/,
    },
  },
  'merged moonshine': {
    label: 'Moonshine with one decoder',
    identifiedBy: 'mergedDecoder',
    files: {
      encoder: /^encoder_model.*\.(ort|onnx)$/,
      mergedDecoder: /^decoder_model_merged.*\.(ort|onnx)$/,
      tokens: /^tokens\.txt$/,
    },
  },
  whisper: {
    label: 'Whisper',
    identifiedBy: 'encoder',
    files: {
      encoder: /^.+-encoder\b.*\.onnx$/,
      decoder: /^.+-decoder\b.*\.onnx$/,
      tokens: /^.+-tokens\.txt$/,
    },
  },
} as const;

type ModelKinds = typeof MODEL_KINDS;

/** Kind and file paths of a model. */
export type SherpaModel = {
  [K in keyof ModelKinds]: { readonly kind: K; readonly files: Readonly<Record<keyof ModelKinds[K]['files'], string>> };
}[keyof ModelKinds];

/**
 * Identifies the model in a folder by its file names; prefers the 8-bit files over other precisions.
 * @throws {InputError} on a missing folder, and on a folder without a complete model
 */
export function findModel(folder: string): SherpaModel {
  const names = listFiles(folder);
  for (const [kind, { label, identifiedBy, files }] of Object.entries(MODEL_KINDS)) {
    const found = Object.fromEntries(Object.entries(files).map(([part, name]) => [part, chooseFile(names, name)]));
    if (found[identifiedBy] === undefined) continue;
    const missing = Object.keys(files).filter((part) => found[part] === undefined);
    if (missing.length > 0) {
      throw new InputError(`${folder}: a ${label} model without its ${missing.join(', ')}: fetch it again`);
    }
    const paths = Object.fromEntries(Object.entries(found).map(([part, name]) => [part, join(folder, name!)]));
    return { kind, files: paths } as unknown as SherpaModel;
  }
  const known = Object.values(MODEL_KINDS).map(({ label }) => label);
  throw new InputError(`${folder}: expected the files of a speech model for sherpa-onnx: ${known.join(', ')}`);
}

const chooseFile = (names: readonly string[], pattern: RegExp): string | undefined => {
  const fitting = names.filter((name) => pattern.test(name));
  return fitting.find((name) => name.includes('.int8.')) ?? fitting[0];
};

function listFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (cause) {
    throw new InputError(`${folder}: expected the folder of a speech model ("praxis voice fetch" downloads one)`, {
      cause,
    });
  }
}
