import type { CallParameters, InfoOf, MethodName, ResultOf, ServiceContract } from './contract.ts';
import { type ErrorRegistry, errorRegistry } from './errors.ts';
import { HeartbeatMonitor } from './heartbeat.ts';
import { type FromService, isMessage, type ToService } from './messages.ts';
import type { CallOptions, ClientOptions } from './options.ts';
import { type Service, ServiceExitedError, type ServiceStatus } from './service.ts';
import { systemTimers, type Timers } from './timers.ts';
import type { ExitReason, Transport } from './transport.ts';

/** How long a service may take to close (ms) where nothing else is said: an inference under way is a fraction of a second. */
const CLOSE_TIMEOUT_MS = 5000;

interface PendingCall {
  readonly message: Extract<ToService, { kind: 'call' }>;
  readonly transfer: readonly object[] | undefined;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * The caller's end of a service in another thread, process or machine. Answers may come in any order; when the service
 * ends, every call that waits rejects, and so does every later one.
 *
 * @example
 * const client = await ServiceClient.open<Adder>(portTransport(port));
 * const sum = await client.call('add', [1, 2]);
 * client.notify('reset');
 * await client.close();
 */
export class ServiceClient<C extends ServiceContract> implements Service {
  /** What the service tells when it is ready. Rejects with what it threw when it did not open, or with why it ended. */
  readonly ready: Promise<InfoOf<C>>;
  readonly exited: Promise<ExitReason>;
  readonly #transport: Transport;
  readonly #options: ClientOptions<C>;
  readonly #errors: ErrorRegistry;
  readonly #timers: Timers;
  readonly #monitor: HeartbeatMonitor | undefined;
  /** Calls that were sent. */
  readonly #pending = new Map<number, PendingCall>();
  /** Calls that wait for their turn, in order. */
  readonly #queue = new Map<number, PendingCall>();
  readonly #onReady: { resolve(info: InfoOf<C>): void; reject(error: Error): void };
  #resolveExited!: (reason: ExitReason) => void;
  #status: ServiceStatus = { kind: 'starting' };
  #exitError: Error | undefined;
  #closing = false;
  #nextId = 0;

  constructor(transport: Transport, options: ClientOptions<C> = {}) {
    this.#transport = transport;
    this.#options = options;
    this.#errors = options.errors ?? errorRegistry;
    this.#timers = options.timers ?? systemTimers;
    this.#monitor =
      options.heartbeat && new HeartbeatMonitor(options.heartbeat, this.#timers, (kind) => this.#become({ kind }));
    let onReady!: { resolve(info: InfoOf<C>): void; reject(error: Error): void };
    this.ready = new Promise((resolve, reject) => {
      onReady = { resolve, reject };
    });
    this.#onReady = onReady;
    // A caller may wait for its calls alone.
    this.ready.catch(() => undefined);
    this.exited = new Promise((resolve) => {
      this.#resolveExited = resolve;
    });
    transport.onMessage((message) => {
      if (isMessage(message)) this.#take(message as FromService);
    });
    transport.onExit((reason) => this.#exit(reason));
  }

  /**
   * Waits for the service to be ready; one that does not open is ended.
   * @throws what the service threw when it opened, or `exitError` when it ended before
   */
  static async open<C extends ServiceContract>(
    transport: Transport,
    options: ClientOptions<C> = {},
  ): Promise<ServiceClient<C>> {
    const client = new ServiceClient(transport, options);
    try {
      await client.ready;
      return client;
    } catch (error) {
      client.kill();
      await client.exited;
      throw error;
    }
  }

  get status(): ServiceStatus {
    return this.#status;
  }

  /**
   * @throws what the method threw, of the same registered class; `exitError` when the service ended; the reason of the signal
   *   when that was aborted; a DataCloneError when the argument is no data
   */
  call<M extends MethodName<C>>(
    method: M,
    ...[argument, options]: CallParameters<C, M, CallOptions>
  ): Promise<ResultOf<C, M>> {
    const { signal, transfer } = options ?? {};
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.#exitError) return Promise.reject(this.#exitError);
    const id = this.#nextId++;
    return new Promise<unknown>((resolve, reject) => {
      const call: PendingCall = { message: { kind: 'call', id, method, argument }, transfer, resolve, reject };
      this.#queue.set(id, call);
      if (signal) this.#cancelOn(signal, call);
      this.#sendNext();
    }) as Promise<ResultOf<C, M>>;
  }

  /**
   * A call that nothing answers. It is lost when the service has ended.
   * @throws a DataCloneError when the argument is no data
   */
  notify<M extends MethodName<C>>(method: M, ...[argument, options]: CallParameters<C, M, CallOptions>): void {
    if (this.#exitError || this.#closing) return;
    this.#send({ kind: 'notify', method, argument }, options?.transfer);
  }

  /**
   * Lets the service finish the call under way and free what it holds; one that does not end in time is killed. Calls that
   * were not begun reject when it has ended.
   */
  async close(): Promise<void> {
    if (this.#exitError) return;
    const { closeTimeoutMs = CLOSE_TIMEOUT_MS } = this.#options;
    if (!this.#closing) {
      this.#closing = true;
      this.#monitor?.stop();
      this.#transport.setActivity?.('busy');
      this.#send({ kind: 'close' });
    }
    const cancel = this.#timers.after(closeTimeoutMs, () => this.kill());
    await this.exited;
    cancel();
  }

  /** Ends the service at once, whatever it does. */
  kill(): void {
    this.#transport.close();
  }

  #send(message: ToService, transfer?: readonly object[]): void {
    this.#transport.send(message, transfer);
  }

  #sendNext(): void {
    const { mostInFlight = Number.POSITIVE_INFINITY } = this.#options;
    for (const [id, call] of this.#queue) {
      if (this.#closing || this.#pending.size >= mostInFlight) return;
      this.#queue.delete(id);
      if (this.#pending.size === 0) this.#transport.setActivity?.('busy');
      this.#pending.set(id, call);
      try {
        this.#send(call.message, call.transfer);
      } catch (error) {
        this.#settle(id)?.reject(error);
      }
    }
  }

  #cancelOn(signal: AbortSignal, call: PendingCall): void {
    const { id } = call.message;
    const cancel = (): void => {
      const sent = this.#pending.has(id);
      if (sent && !this.#exitError) this.#send({ kind: 'cancel', id });
      if (sent) this.#settle(id);
      else this.#queue.delete(id);
      call.reject(signal.reason);
    };
    const { resolve, reject } = call;
    signal.addEventListener('abort', cancel, { once: true });
    call.resolve = (value) => {
      signal.removeEventListener('abort', cancel);
      resolve(value);
    };
    call.reject = (error) => {
      signal.removeEventListener('abort', cancel);
      reject(error);
    };
  }

  /** Takes a call off the list, and lets the next one go. */
  #settle(id: number): PendingCall | undefined {
    const call = this.#pending.get(id);
    if (!call) return undefined;
    this.#pending.delete(id);
    this.#sendNext();
    if (this.#pending.size === 0 && !this.#closing && !this.#exitError) this.#transport.setActivity?.('idle');
    return call;
  }

  #take(message: FromService): void {
    if (this.#exitError) return;
    switch (message.kind) {
      case 'result':
        this.#settle(message.id)?.resolve(message.value);
        return;
      case 'error': {
        const error = this.#errors.decode(message.error);
        if (message.id === undefined) this.#options.onNotificationError?.(error);
        else this.#settle(message.id)?.reject(error);
        return;
      }
      case 'event':
        this.#emit(message.name, message.value);
        return;
      case 'beat':
        if (!this.#closing) this.#monitor?.beat();
        return;
      case 'ready':
        this.#begin(message.info as InfoOf<C>);
        return;
      case 'failed':
        this.#onReady.reject(this.#errors.decode(message.error));
        return;
    }
  }

  #emit(name: string, value: unknown): void {
    const { events } = this.#options;
    if (!events || !Object.hasOwn(events, name)) return;
    (events as { readonly [event: string]: ((value: unknown) => void) | undefined })[name]?.(value);
  }

  #begin(info: InfoOf<C>): void {
    const { heartbeat } = this.#options;
    if (heartbeat) this.#send({ kind: 'heartbeat', periodMs: heartbeat.periodMs });
    this.#become({ kind: 'running' });
    this.#monitor?.expect();
    if (this.#pending.size === 0 && !this.#closing) this.#transport.setActivity?.('idle');
    this.#onReady.resolve(info);
  }

  #become(status: ServiceStatus): void {
    this.#status = status;
    this.#options.onStatus?.(status);
  }

  #exit(reason: ExitReason): void {
    this.#monitor?.stop();
    this.#exitError = this.#options.exitError?.(reason) ?? new ServiceExitedError(reason);
    this.#become({ kind: 'exited', reason });
    const waiting = [...this.#pending.values(), ...this.#queue.values()];
    this.#pending.clear();
    this.#queue.clear();
    this.#onReady.reject(this.#exitError);
    for (const call of waiting) call.reject(this.#exitError);
    this.#resolveExited(reason);
  }
}
