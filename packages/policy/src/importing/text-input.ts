import type { ForeignString, ForeignTokens } from './foreign-policy.ts';
import type { Inquiry } from './inquiry.ts';

/** Name of the tokenizer's file beside the manifest. */
export const TOKENIZER_FILE = 'tokenizer.json';

/** The input of a manifest for the tokens of the instruction. */
export function tokensInput(input: ForeignTokens, { answers, ask }: Inquiry): object {
  const { name, size, dtype, axes, mask, template, side, tokenizer } = input;
  if (!tokenizer) {
    ask({
      option: '--tokenizer',
      prefix: '',
      form: '<file>',
      text: `tokenizer.json that makes the ${size} tokens of ${name}`,
    });
  }
  const askToken = (): undefined =>
    tokenizer &&
    ask({
      option: '--pad-token',
      prefix: '',
      form: '<n>',
      text: `token that fills ${name} after short texts, which the files of the tokenizer do not name`,
    });
  const token = answers.padToken ?? tokenizer?.padToken ?? askToken();
  return {
    ...{ type: 'text', name, dtype, axes, template, length: size, padding: { side, token } },
    tokenizer: { type: 'file', file: TOKENIZER_FILE },
    ...(mask ? { mask } : {}),
  };
}

/** The input of a manifest for the instruction as it is. */
export const stringInput = ({ name, axes }: ForeignString): object => ({ type: 'raw_text', name, axes });
