import { systemTimers } from './timers.ts';
import { type ExitReason, ExitReport, type Transport } from './transport.ts';

interface Emitter {
  on(event: string, listener: (...values: never[]) => void): unknown;
}

/**
 * A Worker of `node:worker_threads`, from the thread that started it.
 *
 * @example
 * const worker: ThreadLike = new Worker(new URL('./thread.mjs', import.meta.url));
 */
export interface ThreadLike extends Emitter {
  postMessage(message: unknown, transfer?: readonly object[]): void;
  terminate(): unknown;
}

/**
 * A ChildProcess of `node:child_process` with an IPC channel, from the process that forked it.
 *
 * @example
 * const child: ProcessLike = fork(path, [], { serialization: 'advanced' });
 */
export interface ProcessLike extends Emitter {
  readonly connected: boolean;
  send(message: unknown, callback: (error: Error | null) => void): boolean;
  kill(signal: 'SIGKILL' | 'SIGTERM'): boolean;
  ref(): void;
  unref(): void;
  readonly channel?: { ref(): void; unref(): void } | null;
  readonly stderr?: TextOutput | null;
}

/** A readable stream that can decode its bytes to text. */
export interface TextOutput extends Emitter {
  setEncoding(encoding: string): unknown;
}

/**
 * The global `process` of a child.
 *
 * @example
 * const parent: ChildScope = process;
 */
export interface ChildScope extends Emitter {
  readonly connected: boolean;
  send?(message: unknown): boolean;
  disconnect(): void;
  exit(code?: number): never;
}

/**
 * Options of {@link processTransport}: the signal that ends the process, and how long the process keeps the program alive.
 *
 * @example
 * processTransport(child, { keepAlive: 'while busy' });
 */
export interface ProcessOptions {
  /** Signal that ends the process. Default SIGKILL. */
  readonly killSignal?: 'SIGKILL' | 'SIGTERM';
  /**
   * `while busy`: the process keeps this program alive only while it opens, closes or owes an answer. Default `always`.
   */
  readonly keepAlive?: 'always' | 'while busy';
}

/** Kept end of standard error (characters). Its last line is the reason for an exit. */
const MAX_ERROR_OUTPUT_CHARACTERS = 2000;
/**
 * Time after a failed send until the process is killed (ms). Such a process usually exits within that time and reports
 * its own reason.
 */
const UNREACHABLE_TIMEOUT_MS = 1000;

/**
 * Transport to a worker thread, for the thread that started it. The exit reason contains the exit status and the error
 * that ended the thread.
 *
 * @example
 * const client = await ServiceClient.open<Adder>(threadTransport(new Worker(url)));
 */
export function threadTransport(worker: ThreadLike): Transport {
  const exit = new ExitReport();
  let error: Error | undefined;
  worker.on('error', (thrown: unknown) => {
    error = thrown instanceof Error ? thrown : new Error(String(thrown));
  });
  worker.on('exit', (code: number) => exit.report({ code, ...(error && { error }) }));
  return {
    send(message, transfer = []) {
      if (!exit.reported) worker.postMessage(message, transfer);
    },
    onMessage: (listener) => void worker.on('message', listener),
    onExit: (listener) => exit.listen(listener),
    close: () => void worker.terminate(),
  };
}

/**
 * Transport to a child process, for the process that forked it with `serialization: 'advanced'`. Transferred objects
 * are copied. The exit reason contains the status or signal, and the last line of standard error if that is a pipe.
 *
 * @example
 * const client = await ServiceClient.open<Adder>(processTransport(fork(path, [], { serialization: 'advanced' })));
 */
export function processTransport(child: ProcessLike, options: ProcessOptions = {}): Transport {
  const { killSignal = 'SIGKILL', keepAlive = 'always' } = options;
  const exit = new ExitReport();
  let output = '';
  let unreachable: Error | undefined;
  let cancelKill: (() => void) | undefined;
  const report = (reason: ExitReason): void => {
    cancelKill?.();
    exit.report(reason);
  };
  const fail = (error: Error): void => {
    if (exit.reported || cancelKill) return;
    cancelKill = systemTimers.after(UNREACHABLE_TIMEOUT_MS, () => {
      unreachable = new Error(`cannot be reached: ${error.message}`, { cause: error });
      child.kill('SIGKILL');
    });
  };
  child.stderr?.setEncoding('utf8');
  child.stderr?.on('data', (text: string) => {
    output = (output + text).slice(-MAX_ERROR_OUTPUT_CHARACTERS);
  });
  child.on('error', (error: Error) => report({ error }));
  // With a pipe, 'close' follows after its last line has been read.
  child.on(child.stderr ? 'close' : 'exit', (code: number | null, signal: string | null) => {
    const detail = lastErrorLine(output);
    report({
      ...(code === null ? {} : { code }),
      ...(signal === null ? {} : { signal }),
      ...(unreachable && { error: unreachable }),
      ...(detail === '' ? {} : { detail }),
    });
  });
  return {
    send(message) {
      if (exit.reported) return;
      if (child.connected) child.send(message, (error) => error && fail(error));
      else fail(new Error('its channel is closed'));
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => exit.listen(listener),
    close() {
      // An idle process has released the program, which then ends before it can see the exit.
      if (!exit.reported) child.ref();
      child.kill(killSignal);
    },
    setActivity(activity) {
      if (keepAlive === 'always') return;
      const name = activity === 'busy' ? 'ref' : 'unref';
      child[name]();
      child.channel?.[name]();
    },
  };
}

/**
 * Transport of a child process to its parent. The child exits with its parent and ignores Ctrl-C, which a terminal
 * sends to all processes of a command: the parent decides.
 *
 * @example
 * serve<Adder>(parentTransport(process), open);
 */
export function parentTransport(process: ChildScope): Transport {
  const exit = new ExitReport();
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => {
    exit.report({});
    process.exit();
  });
  return {
    send(message) {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listener) => void process.on('message', listener),
    onExit: (listener) => exit.listen(listener),
    close() {
      if (process.connected) process.disconnect();
    },
  };
}

/** The last line of a text without colour codes and without the prefix that C++ puts before an exception's message. */
const lastErrorLine = (text: string): string =>
  (text.trim().split('\n').at(-1) ?? '')
    .replace(/\p{Cc}\[[\d;]*m/gu, '')
    .replace(/^\s*what\(\):\s*/, '')
    .trim();
