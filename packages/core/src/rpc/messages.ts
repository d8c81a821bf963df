import type { ErrorRecord } from './errors.ts';

/** From a client to its service. A notification is a call that nothing answers. */
export type ToService =
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly argument: unknown }
  | { readonly kind: 'notify'; readonly method: string; readonly argument: unknown }
  /** The caller no longer wants the answer. */
  | { readonly kind: 'cancel'; readonly id: number }
  /** Asks for a beat each so many milliseconds. */
  | { readonly kind: 'heartbeat'; readonly periodMs: number }
  /** Finish the call under way, free everything, end. */
  | { readonly kind: 'close' };

/** From a service to its client. The first one is `ready` or `failed`, except for events sent while it opens. */
export type FromService =
  | { readonly kind: 'ready'; readonly info: unknown }
  | { readonly kind: 'failed'; readonly error: ErrorRecord }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  /** Without an id: a notification failed. */
  | { readonly kind: 'error'; readonly id?: number; readonly error: ErrorRecord }
  | { readonly kind: 'event'; readonly name: string; readonly value: unknown }
  /** The service is alive and its thread is not stuck. */
  | { readonly kind: 'beat' };

/** False for anything that cannot be one of these messages: other traffic on the same line is ignored. */
export const isMessage = (message: unknown): message is { readonly kind: string } =>
  typeof message === 'object' && message !== null && typeof (message as { kind?: unknown }).kind === 'string';
