import { PraxisError } from '@praxis/core';

/** Prints the single JSON object of a `--json` run. Such a run writes nothing else to standard output. */
export const printJson = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};

/** Prints a line of text to standard output. A `--json` run must not use it. */
export const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Prints progress or a remark to standard error. */
export const note = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Ends the process when the reader of standard output has ended, as `head` does in `praxis doctor | head`. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}

/** Handles errors of standard output from now on. A second call changes nothing. */
export function handleOutputErrors(): void {
  process.stdout.off('error', endWithReader).on('error', endWithReader);
}

/** Formats an intent as text: `move  frame base  axis y  metres 0.05`. */
export function intentInWords(intent: { readonly kind: string }): string {
  const { kind, ...rest } = intent;
  return [kind, ...Object.entries(rest).map(([name, value]) => `${name} ${value}`)].join('  ');
}

/** Exit statuses of the commands. */
export const EXIT = { ok: 0, failed: 1, badInput: 2, interrupted: 130 } as const;

/**
 * Prints an error and returns the exit status: one line and 2 for bad input, the stack and 1 for an internal error.
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
