import { PraxisError } from '@praxis/core';
import type { ErrorMessage, FromWorker, ToWorker } from './messages.ts';

function asMessage(error: unknown): ErrorMessage {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: '', expected: false };
  const { name, message, stack = '' } = error;
  return { name, message, stack, expected: error instanceof PraxisError };
}

/**
 * The worker's side of `runInWorkers`. `prepare` runs once, the function that it returns once for each job.
 * The command decides about Ctrl-C; a worker only ends when the command that owns it is gone.
 */
export function serve<Setup, Job, Result, News = never>(
  prepare: (setup: Setup, tell: (news: News) => void) => Promise<(job: Job) => Promise<Result>>,
): void {
  const send = (message: FromWorker<Result, News>): void => {
    if (process.connected) process.send?.(message);
  };
  let run: ((job: Job) => Promise<Result>) | undefined;

  const take = async (message: ToWorker<Setup, Job>): Promise<void> => {
    try {
      if (message.kind === 'setup') {
        run = await prepare(message.setup, (news) => send({ kind: 'news', news }));
        send({ kind: 'ready' });
      } else if (run) {
        send({ kind: 'result', index: message.index, result: await run(message.job) });
      }
    } catch (error) {
      send({ kind: 'error', error: asMessage(error) });
    }
  };

  process.on('SIGINT', () => {});
  process.on('disconnect', () => process.exit(0));
  process.on('message', (message) => void take(message as ToWorker<Setup, Job>));
}
