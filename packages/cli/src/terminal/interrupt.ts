import { note } from './output.ts';

/**
 * An abort signal that Ctrl-C and SIGTERM raise. A second Ctrl-C ends the process at once.
 * @param then what is told to whoever pressed it
 */
export function interruptSignal(then = 'what is done is kept'): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
    note(`\npraxis: stopping; ${then}`);
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

/** What becomes of a measurement that is interrupted. @param resume the file of its `--resume` */
export const resumeHint = (resume: string | undefined): string =>
  resume === undefined ? 'nothing is kept without --resume' : 'with the same --resume it goes on';
