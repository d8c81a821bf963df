import { EXIT, note, printJson } from './output.ts';

/**
 * Creates an abort signal that Ctrl-C and SIGTERM trigger. A second one ends the process at once, unless its thread never returns to the
 * event loop: what may not return, such as the inference of a foreign policy, belongs into a process of its own.
 * @param consequence tells the user the effect of the interrupt
 */
export function interruptSignal(consequence = 'finished results are kept'): {
  readonly signal: AbortSignal;
  release(): void;
} {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
    note(`\npraxis: stopping; ${consequence}`);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}

/**
 * Runs what Ctrl-C and SIGTERM abort, see {@link interruptSignal}. Signals are no longer its own once it has ended, also when it throws before
 * its first wait.
 */
export async function interruptible<T>(run: (signal: AbortSignal) => Promise<T>, consequence?: string): Promise<T> {
  const { signal, release } = interruptSignal(consequence);
  try {
    return await run(signal);
  } finally {
    release();
  }
}

/** Last line of a report on the episodes that were finished before an interrupt. */
export const PARTIAL = 'PARTIAL: interrupted before the last episode';

/** Ends an interrupted measurement without a report, since its tables need every result; those that are finished are kept in a file. */
export function endWithoutReport(command: string, options: { readonly json?: boolean }): void {
  note(`praxis ${command}: interrupted; run it again to continue`);
  if (options.json) printJson({ partial: true });
  process.exitCode = EXIT.interrupted;
}

/** Text for the user who interrupts a measurement. @param resume file of its option `--resume` */
export const resumeHint = (resume: string | undefined): string =>
  resume === undefined ? 'without --resume the results are lost' : 'run it again with the same --resume to continue';
