import * as z from 'zod';
import type { ForeignTokenizer } from './foreign-policy.ts';

const named = z.union([z.string(), z.looseObject({ content: z.string() }).transform(({ content }) => content)]);
const configSchema = z.looseObject({ pad_token: named.nullish() });
const entry = z.looseObject({ id: z.int().nonnegative(), content: z.string() });
const fileSchema = z.looseObject({
  padding: z.looseObject({ pad_id: z.int().nonnegative() }).nullish(),
  added_tokens: z.array(entry).default([]),
  model: z.looseObject({ vocab: z.unknown() }).optional(),
});

/** Id of a token in the vocabulary of a model: a map, or the pairs of a Unigram. */
function idIn(vocabulary: unknown, token: string): number | undefined {
  if (Array.isArray(vocabulary)) {
    const at = vocabulary.findIndex((each) => Array.isArray(each) && each[0] === token);
    return at < 0 ? undefined : at;
  }
  const ids = z.record(z.string(), z.unknown()).safeParse(vocabulary);
  const id = ids.success ? ids.data[token] : undefined;
  return typeof id === 'number' ? id : undefined;
}

/**
 * Reads what the files of a tokenizer say of its padding: the `pad_token` of `tokenizer_config.json`, which Hugging Face's classes take, or
 * else the padding of `tokenizer.json` itself. What neither says stays open.
 * @param file parsed `tokenizer.json`
 * @param config parsed `tokenizer_config.json`; undefined where there is none
 */
export function tokenizerFiles(file: unknown, config: unknown): ForeignTokenizer {
  const [tokenizer, settings] = [fileSchema.safeParse(file), configSchema.safeParse(config)];
  if (!tokenizer.success) return { padToken: undefined };
  const { padding, added_tokens, model } = tokenizer.data;
  const word = settings.success ? settings.data.pad_token : undefined;
  const named = word
    ? (added_tokens.find(({ content }) => content === word)?.id ?? idIn(model?.vocab, word))
    : undefined;
  return { padToken: named ?? padding?.pad_id };
}
