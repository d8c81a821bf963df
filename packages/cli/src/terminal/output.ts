import { PraxisError, visibleText } from '@praxis/core';

/** Prints the single JSON object of a `--json` run. Such a run writes nothing else to standard output. */
export const printJson = (value: unknown): void => {
  print(JSON.stringify(value));
};

/** Prints a line of text, its control characters escaped, to standard output. A `--json` run must not use it. */
export const print = (line: string): void => {
  process.stdout.write(`${visibleText(line)}\n`);
};

/** Prints a text of whole lines to standard output, as {@link print} prints one. */
export const printText = (text: string): void => print(text.replace(/\n$/, ''));

/** Prints progress or a remark, its control characters escaped, to standard error. */
export const note = (line: string): void => {
  process.stderr.write(`${visibleText(line)}\n`);
};

/**
 * Ends the process when standard output takes nothing more: without a word when its reader has ended, as `head` does in
 * `praxis doctor | head`, and otherwise, on a full disk, with one line and the status of bad input.
 */
function endWithOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit();
  note(`praxis: standard output cannot be written: ${error.message}`);
  process.exit(EXIT.badInput);
}

/** Without standard error there is nowhere to tell it; the results on standard output still count. */
const ignore = (): void => {};

/** Handles errors of standard output and standard error from now on. A second call changes nothing. */
export function handleOutputErrors(): void {
  process.stdout.off('error', endWithOutput).on('error', endWithOutput);
  process.stderr.off('error', ignore).on('error', ignore);
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
  if (isRefusedBySystem(error)) {
    note(`praxis ${command}: the system refuses: ${error.message.replace(/\s*\n\s*/g, ' ')}`);
    if (process.env.PRAXIS_DEBUG) note(String(error.stack));
    return EXIT.badInput;
  }
  note(`praxis ${command}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return EXIT.failed;
}

/** Messages of V8 when the system gives no more memory, as under `ulimit -v`. */
const OUT_OF_MEMORY =
  /could not allocate memory|Array buffer allocation failed|[Oo]ut of memory|ERR_WORKER_OUT_OF_MEMORY/;

/** True for what the machine refuses rather than the code gets wrong: files, processes, sockets, memory. */
const isRefusedBySystem = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error &&
  ('syscall' in error || OUT_OF_MEMORY.test(`${(error as NodeJS.ErrnoException).code} ${error.message}`));
