import type { ErrorRecord } from './errors.ts';

/** Messages from a client to its service. A notification is a call without an answer. */
export type ToService =
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly argument: unknown }
  | { readonly kind: 'notify'; readonly method: string; readonly argument: unknown }
  /** Cancels a call. */
  | { readonly kind: 'cancel'; readonly id: number }
  /** Requests a beat at this period. */
  | { readonly kind: 'heartbeat'; readonly periodMs: number }
  /** Finishes the current call, frees all resources and ends the service. */
  | { readonly kind: 'close' };

/**
 * Messages from a service to its client. The first one is `ready` or `failed`, except for events during the opening.
 */
export type FromService =
  | { readonly kind: 'ready'; readonly info: unknown }
  | { readonly kind: 'failed'; readonly error: ErrorRecord }
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  /** An error without an id belongs to a notification. */
  | { readonly kind: 'error'; readonly id?: number; readonly error: ErrorRecord }
  | { readonly kind: 'event'; readonly name: string; readonly value: unknown }
  /** The service's thread is responsive. */
  | { readonly kind: 'beat' };

/** False for a value that cannot be such a message; other traffic on the same transport is ignored. */
export const isMessage = (message: unknown): message is { readonly kind: string } =>
  typeof message === 'object' && message !== null && typeof (message as { kind?: unknown }).kind === 'string';
