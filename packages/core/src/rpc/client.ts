import type { CallParameters, InfoOf, MethodName, ResultOf, ServiceContract } from './contract.ts';
import { type ErrorRegistry, errorRegistry } from './errors.ts';
import { HeartbeatMonitor } from './heartbeat.ts';
import { type FromService, isMessage, type ToService } from './messages.ts';
import type { CallOptions, ClientOptions } from './options.ts';
import { type Service, ServiceExitedError, type ServiceStatus } from './service.ts';
import { systemTimers, type Timers } from './timers.ts';
import type { ExitReason, Transport } from './transport.ts';

/**
 * Default time in which a service must close (ms). The longest running operation is an inference of a fraction of a
 * second.
 */
const CLOSE_TIMEOUT_MS = 5000;

interface PendingCall {
  readonly message: Extract<ToService, { kind: 'call' }>;
  readonly transfer: readonly object[] | undefined;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * Client of a service in another thread, process or machine. Answers may arrive in any order. After the service has
 * ended, every waiting and every later call rejects.
 *
 * @example
 * const client = await ServiceClient.open<Adder>(portTransport(port));
 * const sum = await client.call('add', [1, 2]);
 * client.notify('reset');
 * await client.close();
 */
export class ServiceClient<C extends ServiceContract> implements Service {
  /**
   * Resolves with the service's info when it is ready. Rejects with the error of its opening, or with the exit error.
   */
  readonly ready: Promise<InfoOf<C>>;
  readonly exited: Promise<ExitReason>;
  readonly #transport: Transport;
  readonly #options: ClientOptions<C>;
  readonly #errors: ErrorRegistry;
  readonly #timers: Timers;
  readonly #monitor: HeartbeatMonitor | undefined;
  /** Calls that were sent, by id. */
  readonly #pending = new Map<number, PendingCall>();
  /** Calls that wait to be sent, in order. */
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
      options.heartbeat && new HeartbeatMonitor(options.heartbeat, this.#timers, (kind) => this.#setStatus({ kind }));
    let onReady!: { resolve(info: InfoOf<C>): void; reject(error: Error): void };
    this.ready = new Promise((resolve, reject) => {
      onReady = { resolve, reject };
    });
    this.#onReady = onReady;
    // A caller may await its calls only; an unhandled rejection must not end the program.
    this.ready.catch(() => undefined);
    this.exited = new Promise((resolve) => {
      this.#resolveExited = resolve;
    });
    transport.onMessage((message) => {
      if (isMessage(message)) this.#handleMessage(message as FromService);
    });
    transport.onExit((reason) => this.#handleExit(reason));
  }

  /**
   * Connects and waits until the service is ready. A service that does not open is ended.
   * @throws the error of the service's opening, or `exitError` if it ended first
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
   * Calls a method.
   * @throws the error of the method, in the same registered class; `exitError` when the service has ended; the reason
   * of the signal when it is aborted; a DataCloneError when the argument cannot be cloned
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
   * Calls a method without waiting for an answer. The notification is lost if the service has ended.
   * @throws a DataCloneError when the argument cannot be cloned
   */
  notify<M extends MethodName<C>>(method: M, ...[argument, options]: CallParameters<C, M, CallOptions>): void {
    if (this.#exitError || this.#closing) return;
    this.#send({ kind: 'notify', method, argument }, options?.transfer);
  }

  /**
   * Closes the service: it finishes the current call and frees its resources. After the timeout it is killed. Waiting
   * calls reject when it has ended.
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

  /** Ends the service immediately. */
  kill(): void {
    this.#transport.close();
  }

  #send(message: ToService, transfer?: readonly object[]): void {
    this.#transport.send(message, transfer);
  }

  #sendNext(): void {
    const { maxInFlight = Number.POSITIVE_INFINITY } = this.#options;
    for (const [id, call] of this.#queue) {
      if (this.#closing || this.#pending.size >= maxInFlight) return;
      this.#queue.delete(id);
      if (this.#pending.size === 0) this.#transport.setActivity?.('busy');
      this.#pending.set(id, call);
      try {
        this.#send(call.message, call.transfer);
      } catch (error) {
        this.#removePending(id)?.reject(error);
      }
    }
  }

  #cancelOn(signal: AbortSignal, call: PendingCall): void {
    const { id } = call.message;
    const cancel = (): void => {
      const sent = this.#pending.has(id);
      if (sent && !this.#exitError) this.#send({ kind: 'cancel', id });
      if (sent) this.#removePending(id);
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

  /** Removes a call from the pending ones and sends the next. */
  #removePending(id: number): PendingCall | undefined {
    const call = this.#pending.get(id);
    if (!call) return undefined;
    this.#pending.delete(id);
    this.#sendNext();
    if (this.#pending.size === 0 && !this.#closing && !this.#exitError) this.#transport.setActivity?.('idle');
    return call;
  }

  #handleMessage(message: FromService): void {
    if (this.#exitError) return;
    switch (message.kind) {
      case 'result':
        this.#removePending(message.id)?.resolve(message.value);
        return;
      case 'error': {
        const error = this.#errors.decode(message.error);
        if (message.id === undefined) this.#options.onNotificationError?.(error);
        else this.#removePending(message.id)?.reject(error);
        return;
      }
      case 'event':
        this.#emit(message.name, message.value);
        return;
      case 'beat':
        if (!this.#closing) this.#monitor?.handleBeat();
        return;
      case 'ready':
        this.#handleReady(message.info as InfoOf<C>);
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

  #handleReady(info: InfoOf<C>): void {
    const { heartbeat } = this.#options;
    if (heartbeat) this.#send({ kind: 'heartbeat', periodMs: heartbeat.periodMs });
    this.#setStatus({ kind: 'running' });
    this.#monitor?.startTimeout();
    if (this.#pending.size === 0 && !this.#closing) this.#transport.setActivity?.('idle');
    this.#onReady.resolve(info);
  }

  #setStatus(status: ServiceStatus): void {
    this.#status = status;
    this.#options.onStatus?.(status);
  }

  #handleExit(reason: ExitReason): void {
    this.#monitor?.stop();
    this.#exitError = this.#options.exitError?.(reason) ?? new ServiceExitedError(reason);
    this.#setStatus({ kind: 'exited', reason });
    const waiting = [...this.#pending.values(), ...this.#queue.values()];
    this.#pending.clear();
    this.#queue.clear();
    this.#onReady.reject(this.#exitError);
    for (const call of waiting) call.reject(this.#exitError);
    this.#resolveExited(reason);
  }
}
