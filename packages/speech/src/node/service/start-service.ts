import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  type ExitReason,
  execArgvOf,
  InputError,
  processTransport,
  ServiceClient,
  type ServiceContract,
  type Transport,
  threadTransport,
} from '@praxis/core';

/** A busy recogniser may take this long to close (ms): an utterance takes a second or two. */
const CLOSE_TIMEOUT_MS = 10_000;

/** A recogniser's library in a thread or process of its own. */
export interface RecogniserService<C extends ServiceContract> {
  /** Sends one call at a time; rejects the waiting calls when it closes. */
  readonly client: ServiceClient<C>;
  /** Resolves with the reason of the exit, also after `close`. */
  readonly exited: Promise<string>;
}

/**
 * Starts a service in a worker thread.
 * @param module URL of the thread's entry point
 * @param name name of the service in errors
 * @throws {InputError} with the reason when the service does not start
 */
export const startThread = <C extends ServiceContract>(
  module: URL,
  workerData: unknown,
  name: string,
): Promise<RecogniserService<C>> =>
  open(threadTransport(new Worker(module, { workerData, execArgv: execArgvOf(module) })), 'thread', name);

/**
 * Starts a service in a child process, for libraries that exit their process on an invalid file: a thread would end the whole
 * program.
 * @param module URL of the process's entry point
 * @param data first argument of the module, as JSON
 * @param name name of the service in errors
 * @throws {InputError} with the reason when the service does not start
 */
export const startProcess = <C extends ServiceContract>(
  module: URL,
  data: unknown,
  name: string,
): Promise<RecogniserService<C>> => {
  const child = fork(fileURLToPath(module), [JSON.stringify(data)], {
    execArgv: execArgvOf(module),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  return open(processTransport(child), 'process', name);
};

async function open<C extends ServiceContract>(
  transport: Transport,
  place: 'thread' | 'process',
  name: string,
): Promise<RecogniserService<C>> {
  const opening = ServiceClient.open<C>(transport, {
    maxInFlight: 1,
    closeTimeoutMs: CLOSE_TIMEOUT_MS,
    exitError: (reason) => new InputError(`${name} exited: ${describeExit(place, reason)}`, { cause: reason.error }),
  });
  // A library throws its own errors on an unusable file: they are errors of the input.
  const client = await opening.catch((error) => {
    throw error instanceof InputError ? error : new InputError(error.message, { cause: error });
  });
  return { client, exited: client.exited.then((reason) => describeExit(place, reason)) };
}

const describeExit = (place: string, { code, signal, error, detail }: ExitReason): string =>
  error?.message ?? `its ${place} ended with ${signal ?? `status ${code}`}${detail === undefined ? '' : `: ${detail}`}`;
