import { note } from './output.ts';

/**
 * Creates an abort signal that Ctrl-C and SIGTERM trigger. A second Ctrl-C ends the process at once.
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

/** Text for the user who interrupts a measurement. @param resume file of its option `--resume` */
export const resumeHint = (resume: string | undefined): string =>
  resume === undefined ? 'without --resume the results are lost' : 'run it again with the same --resume to continue';
