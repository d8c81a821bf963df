import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@praxis/core';

/** The kinds of model that are known by their files, and what the files are called that each is made of. */
const KINDS = {
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

type Kinds = typeof KINDS;

/** Paths of a model's files. */
export type SherpaModel = {
  [K in keyof Kinds]: { readonly kind: K; readonly files: Readonly<Record<keyof Kinds[K]['files'], string>> };
}[keyof Kinds];

/**
 * What kind of model a folder holds, told by the names of its files; of several precisions the one in 8 bits is taken.
 * @throws {InputError} on a folder that is not there, holds no model, or not all of it
 */
export function modelIn(folder: string): SherpaModel {
  const names = list(folder);
  for (const [kind, { called, knownBy, files }] of Object.entries(KINDS)) {
    const found = Object.fromEntries(Object.entries(files).map(([part, name]) => [part, choose(names, name)]));
    if (found[knownBy] === undefined) continue;
    const missing = Object.keys(files).filter((part) => found[part] === undefined);
    if (missing.length > 0) {
      throw new InputError(`${folder}: a ${called} model without its ${missing.join(', ')}: fetch it again`);
    }
    const paths = Object.fromEntries(Object.entries(found).map(([part, name]) => [part, join(folder, name!)]));
    return { kind, files: paths } as unknown as SherpaModel;
  }
  const known = Object.values(KINDS).map(({ called }) => called);
  throw new InputError(`${folder}: expected the files of a speech model for sherpa-onnx: ${known.join(', ')}`);
}

const choose = (names: readonly string[], pattern: RegExp): string | undefined => {
  const fitting = names.filter((name) => pattern.test(name));
  return fitting.find((name) => name.includes('.int8.')) ?? fitting[0];
};

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (cause) {
    throw new InputError(`${folder}: expected the folder of a speech model ("praxis voice fetch" gets one)`, { cause });
  }
}
