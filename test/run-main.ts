import { main } from '@praxis/cli';
import { vi } from 'vitest';
import type { PraxisExit } from './run-praxis.ts';

/** The command lines of one test file run one after the other: the output of a process is one stream. */
let previous: Promise<unknown> = Promise.resolve();

/**
 * Runs a `praxis` command line in this process, for what needs no process of its own: options, messages, exit status. A new process
 * takes a quarter of a second of processor time. The command gets SIGINT once `interruptWhen` matches its standard error.
 */
export function runMain(args: readonly string[], interruptWhen?: RegExp): Promise<PraxisExit> {
  const run = previous.then(() => captureMain(args, interruptWhen));
  previous = run.catch(() => undefined);
  return run;
}

async function captureMain(args: readonly string[], interruptWhen?: RegExp): Promise<PraxisExit> {
  let [out, err] = ['', ''];
  const { exitCode } = process;
  let fail: (error: Error) => void = () => {};
  const ended = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const listeners = process.listenerCount('SIGINT');
  const spies = [
    // The end of this process would take the other tests of its file along, without a word.
    vi.spyOn(process, 'exit').mockImplementation((code) => {
      const error = new Error(`praxis ${args[0]} ended the process with status ${code}: ${err}`);
      fail(error);
      throw error;
    }),
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    }),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      err += String(text);
      if (interruptWhen?.test(err)) {
        interruptWhen = undefined;
        // Only to this command: what an earlier one left behind would take it for the second interrupt and end this process.
        for (const listener of process.listeners('SIGINT').slice(listeners)) listener('SIGINT');
      }
      return true;
    }),
  ];
  process.exitCode = undefined;
  try {
    await Promise.race([main([process.execPath, 'praxis', ...args]), ended]);
    // One that is left behind would end this process at the next interrupt.
    if (process.listenerCount('SIGINT') > listeners) throw new Error(`praxis ${args[0]}: leaves a listener of SIGINT`);
    return { status: Number(process.exitCode ?? 0), out, err };
  } finally {
    process.exitCode = exitCode;
    for (const spy of spies) spy.mockRestore();
  }
}
