import { Tokenizer as FileTokenizer } from '@huggingface/tokenizers';
import { firstLine, PolicyError } from '@praxis/core';
import type { Tokenizer } from './tokenizer.ts';

/** Models of a `tokenizer.json`: byte-pair encoding, WordPiece, and the unigrams of SentencePiece. */
const MODELS = ['BPE', 'WordPiece', 'Unigram'];

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Makes a tokenizer of the content of a `tokenizer.json`, as the library `tokenizers` of Hugging Face writes it.
 * @param where name of the file in errors
 * @param specialTokens true if the tokens that the file adds at the start and the end are added
 * @throws {PolicyError} for a file that is not one, or has a part that is not known
 */
export function fileTokenizer(bytes: Uint8Array, where: string, specialTokens: boolean): Tokenizer {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new PolicyError(`${where}: is not JSON (${firstLine(cause)})`, { cause });
  }
  const model = isRecord(json) && isRecord(json.model) ? json.model : undefined;
  if (!isRecord(json) || !model) {
    throw new PolicyError(`${where}: has no model, expected a tokenizer.json of the library tokenizers`);
  }
  if (!MODELS.includes(String(model.type))) {
    throw new PolicyError(`${where}: model.type is ${String(model.type)}, expected ${MODELS.join(', ')}`);
  }
  let tokenizer: FileTokenizer;
  try {
    // The library wants every part to be there; a file may leave out those that it does not use.
    const parts = { decoder: null, normalizer: null, post_processor: null, pre_tokenizer: null, added_tokens: [] };
    tokenizer = new FileTokenizer({ ...parts, ...json }, {});
    tokenizer.encode('');
  } catch (cause) {
    throw new PolicyError(`${where}: cannot be used (${firstLine(cause)})`, { cause });
  }
  return {
    encode(text, most) {
      const encode = (add_special_tokens: boolean): number[] => tokenizer.encode(text, { add_special_tokens }).ids;
      const ids = encode(specialTokens);
      const unknown = ids.findIndex((id) => !Number.isInteger(id));
      if (unknown >= 0) throw new PolicyError(`${where}: gives no token for a part of ${JSON.stringify(text)}`);
      return ids.length > most ? shortened(ids, specialTokens ? encode(false) : ids, most) : ids;
    },
  };
}

/** Cuts the end of a text off and keeps the tokens that are added around it, as Hugging Face's classes do. @param plain the tokens of the text alone */
function shortened(ids: readonly number[], plain: readonly number[], most: number): readonly number[] {
  const added = ids.length - plain.length;
  const isBefore = (count: number): boolean => plain.every((id, i) => ids[count + i] === id);
  const before = Array.from({ length: added + 1 }, (_, count) => count).find(isBefore) ?? 0;
  const kept = Math.max(most - added, 0);
  return [...ids.slice(0, before), ...plain.slice(0, kept), ...ids.slice(before + plain.length)].slice(0, most);
}
