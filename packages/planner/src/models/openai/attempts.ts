import { firstLine } from '@praxis/core';
import { PlannerError } from '../../planners/planner-error.ts';
import { startOf } from './bounded-body.ts';
import { errorText } from './chat-answer.ts';

/** Longest wait between two attempts (s), whatever the server asks for. */
const MAX_WAIT_S = 10;

/** A fault that a later attempt may not have: status 429 or 5xx, or a lost connection. */
class TransientError extends PlannerError {
  /** Wait that the server asks for (s). */
  readonly retryAfter: number;

  constructor(message: string, options: ErrorOptions & { readonly retryAfter?: number } = {}) {
    super(message, options);
    this.retryAfter = options.retryAfter ?? 0;
  }
}

/** Options of {@link withRetries}. */
export interface RetryOptions {
  /** Largest number of further attempts. */
  readonly retries: number;
  /** Wait before the first further attempt (s); it doubles each time. */
  readonly backOff: number;
  readonly signal: AbortSignal;
}

/**
 * Sends one request as often as needed, and no more often than allowed: only a status of 429 or 5xx and a lost connection are tried again.
 * @param attempt one attempt; its argument is the number of the attempt, from 1
 * @throws {PlannerError} the error of the last attempt, with the number of attempts
 * @throws the reason of the signal when it is aborted
 */
export async function withRetries<T>(
  attempt: (number: number) => Promise<T>,
  { retries, backOff, signal }: RetryOptions,
): Promise<T> {
  for (let number = 1; ; number++) {
    try {
      return await attempt(number);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof TransientError)) throw error;
      if (number > retries) {
        const times = number === 1 ? '' : ` (${number} attempts)`;
        throw new PlannerError(`${error.message}${times}`, { cause: error });
      }
      await wait(Math.min(MAX_WAIT_S, Math.max(error.retryAfter, backOff * 2 ** (number - 1))), signal);
    }
  }
}

/**
 * Sends one request and reads its answer.
 * @param read reads the body of a response with status 200
 * @param source name of the planner, for messages
 * @throws {PlannerError} for a status that is no success, and a connection that was refused or lost
 */
export async function exchange<T>(
  url: URL,
  init: RequestInit & { readonly signal: AbortSignal },
  read: (response: Response) => Promise<T>,
  source: string,
): Promise<T> {
  try {
    // A redirect would carry the request to an address that was not named.
    const response = await fetch(url, { ...init, redirect: 'error' });
    if (!response.ok) throw await statusError(response, source);
    return await read(response);
  } catch (error) {
    if (error instanceof PlannerError || init.signal.aborted) throw error;
    // `fetch` says little itself; its cause has the reason of the system.
    const { cause } = error as Error;
    const reason = firstLine(cause ?? error);
    throw new TransientError(`${source}: the connection failed: ${reason || (cause as { code?: string })?.code}`, {
      cause: error,
    });
  }
}

async function statusError(response: Response, source: string): Promise<PlannerError> {
  const { status, headers } = response;
  const text = await startOf(response, 300);
  const message = `${source}: answers with status ${status}${text ? `: ${reasonIn(text)}` : ''}`;
  if (status !== 429 && status < 500) return new PlannerError(message);
  return new TransientError(message, { retryAfter: Number(headers.get('retry-after')) || 0 });
}

function reasonIn(text: string): string {
  try {
    return errorText((JSON.parse(text) as { error?: unknown }).error ?? JSON.parse(text));
  } catch {
    return errorText(text);
  }
}

function wait(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, seconds * 1000);
    signal.addEventListener('abort', end, { once: true });
  });
}
