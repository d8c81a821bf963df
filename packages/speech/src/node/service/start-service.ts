import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  type ExitReason,
  InputError,
  processTransport,
  ServiceClient,
  type ServiceContract,
  type Transport,
  threadTransport,
} from '@praxis/core';

/** How long a recogniser at work may take to close (ms): an utterance is a second or two. */
const CLOSE_TIMEOUT_MS = 10_000;

/** A recogniser's library in a thread or process of its own. */
export interface RpcClient<C extends ServiceContract> {
  /** Takes one call after the other: those that wait when it is closed are refused. */
  readonly client: ServiceClient<C>;
  /** Resolves with why when it has ended. */
  readonly exited: Promise<string>;
}

/**
 * Starts a thread.
 * @param name for people, in errors
 * @throws {InputError} when it does not start, with what went wrong
 */
export const startDecoderThread = <C extends ServiceContract>(
  module: URL,
  workerData: unknown,
  name: string,
): Promise<RpcClient<C>> => open(threadTransport(new Worker(module, { workerData })), 'thread', name);

/**
 * Starts a process, for libraries that end theirs when something is wrong with a file: a thread would take the whole
 * program with it.
 * @param data first argument of the module, as JSON
 * @param name for people, in errors
 * @throws {InputError} when it does not start, with what went wrong
 */
export const startProcess = <C extends ServiceContract>(
  module: URL,
  data: unknown,
  name: string,
): Promise<RpcClient<C>> => {
  const child = fork(fileURLToPath(module), [JSON.stringify(data)], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  return open(processTransport(child), 'process', name);
};

async function open<C extends ServiceContract>(
  transport: Transport,
  place: 'thread' | 'process',
  name: string,
): Promise<RpcClient<C>> {
  const opening = ServiceClient.open<C>(transport, {
    maxInFlight: 1,
    closeTimeoutMs: CLOSE_TIMEOUT_MS,
    exitError: (reason) => new InputError(`${name} is gone: ${describeExit(place, reason)}`, { cause: reason.error }),
  });
  // What a library throws on a file that it cannot use is bad input like any other.
  const client = await opening.catch((error) => {
    throw error instanceof InputError ? error : new InputError(error.message, { cause: error });
  });
  return { client, exited: client.exited.then((reason) => describeExit(place, reason)) };
}

const describeExit = (place: string, { code, signal, error, detail }: ExitReason): string =>
  error?.message ?? `its ${place} ended with ${signal ?? `status ${code}`}${detail === undefined ? '' : `: ${detail}`}`;
