import { checkedNote, type OperatorJudgement } from '../recording/operator-judgement.ts';

/** A typed line that is no command in words: no spoken word does the same. */
export type OperatorLine =
  | { readonly kind: 'reset' }
  | { readonly kind: 'save' }
  | { readonly kind: 'judge'; readonly judgement: OperatorJudgement };

/**
 * Reads a typed line.
 * @returns undefined for a command in words
 * @throws {InputError} for a note that is too long
 */
export function operatorLine(line: string): OperatorLine | undefined {
  const [, word, rest] = /^(\/\w+)(?:\s+(.*))?$/.exec(line) ?? [];
  switch (word) {
    case '/reset':
    case '/save':
      return rest === undefined ? { kind: word === '/reset' ? 'reset' : 'save' } : undefined;
    case '/success':
    case '/failure': {
      const outcome = word === '/success' ? 'success' : 'failure';
      return { kind: 'judge', judgement: { outcome, ...(rest ? { note: checkedNote(rest) } : {}) } };
    }
    case '/note':
      return { kind: 'judge', judgement: { note: checkedNote(rest ?? '') } };
    default:
      return undefined;
  }
}
