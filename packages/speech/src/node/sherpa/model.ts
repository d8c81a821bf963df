import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@praxis/core';

/** The kinds of model that are known by their files, and what the files are called that each is made of. */
const MODEL_KINDS = {
  transducer: {
    called: 'streaming transducer (zipformer)',
    knownBy: 'joiner',
    files: {
      encoder: /^encoder\b.*\.onnx$/,
      decoder: /^decoder\b.*\.onnx$/,
      joiner: /^joiner\b.*\.onnx$/,
      tokens: /^tokens\.txt$/,
    },
  },
  moonshine: {
    called: 'Moonshine',
    knownBy: 'cachedDecoder',
    files: {
      preprocessor: /^preprocess\b.*\.onnx$/,
      encoder: /^encode\b.*\.onnx$/,
      uncachedDecoder: /^uncached_decode\b.*\.onnx$/,
      cachedDecoder: /^cached_decode\b.*\.onnx$/,
      tokens: /^tokens\.txt$/,
    },
  },
  'merged moonshine': {
    called: 'Moonshine with one decoder',
    knownBy: 'mergedDecoder',
    files: {
      encoder: /^encoder_model.*\.(ort|onnx)$/,
      mergedDecoder: /^decoder_model_merged.*\.(ort|onnx)$/,
      tokens: /^tokens\.txt$/,
    },
  },
  whisper: {
    called: 'Whisper',
    knownBy: 'encoder',
    files: {
      encoder: /^.+-encoder\b.*\.onnx$/,
      decoder: /^.+-decoder\b.*\.onnx$/,
      tokens: /^.+-tokens\.txt$/,
    },
  },
} as const;

type ModelKinds = typeof MODEL_KINDS;

/** Paths of a model's files. */
export type SherpaModel = {
  [K in keyof ModelKinds]: { readonly kind: K; readonly files: Readonly<Record<keyof ModelKinds[K]['files'], string>> };
}[keyof ModelKinds];

/**
 * What kind of model a folder holds, told by the names of its files; of several precisions the one in 8 bits is taken.
 * @throws {InputError} on a folder that is not there, holds no model, or not all of it
 */
export function findModel(folder: string): SherpaModel {
  const names = listFiles(folder);
  for (const [kind, { called, knownBy, files }] of Object.entries(MODEL_KINDS)) {
    const found = Object.fromEntries(Object.entries(files).map(([part, name]) => [part, chooseFile(names, name)]));
    if (found[knownBy] === undefined) continue;
    const missing = Object.keys(files).filter((part) => found[part] === undefined);
    if (missing.length > 0) {
      throw new InputError(`${folder}: a ${called} model without its ${missing.join(', ')}: fetch it again`);
    }
    const paths = Object.fromEntries(Object.entries(found).map(([part, name]) => [part, join(folder, name!)]));
    return { kind, files: paths } as unknown as SherpaModel;
  }
  const known = Object.values(MODEL_KINDS).map(({ called }) => called);
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
    throw new InputError(`${folder}: expected the folder of a speech model ("praxis voice fetch" gets one)`, { cause });
  }
}
