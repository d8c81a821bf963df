import { PraxisError } from '@praxis/core';

/** The one JSON object of a `--json` run. Standard output carries nothing else. */
export const printJson = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};

/** A line of the result for people; goes to standard output, so do not use it in a `--json` run. */
export const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Progress and remarks. Standard error, whatever the mode. */
export const note = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** What a sentence means, for people: `move  frame base  axis y  metres 0.05`. */
export function intentInWords(intent: { readonly kind: string }): string {
  const { kind, ...rest } = intent;
  return [kind, ...Object.entries(rest).map(([name, value]) => `${name} ${value}`)].join('  ');
}

/** Exit statuses of every command. */
export const EXIT = { ok: 0, failed: 1, badInput: 2, interrupted: 130 } as const;

/**
 * Says what went wrong and gives the exit status: one line and 2 for what the user can put right, the stack and 1 for
 * a fault of ours.
 */
export function reportError(command: string, error: unknown): number {
  if (error instanceof PraxisError) {
    note(`praxis ${command}: ${error.message.replace(/\s*\n\s*/g, ' ')}`);
    if (process.env.PRAXIS_DEBUG) note(String(error.stack));
    return EXIT.badInput;
  }
  note(`praxis ${command}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return EXIT.failed;
}
