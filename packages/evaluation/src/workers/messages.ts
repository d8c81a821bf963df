/** What a command and its worker processes say to each other. */
export type ToWorker<Setup, Job> =
  | { readonly kind: 'setup'; readonly setup: Setup }
  | { readonly kind: 'job'; readonly index: number; readonly job: Job };

export type FromWorker<Result, News> =
  | { readonly kind: 'ready' }
  | { readonly kind: 'news'; readonly news: News }
  | { readonly kind: 'result'; readonly index: number; readonly result: Result }
  | { readonly kind: 'error'; readonly error: ErrorMessage };

/** An error on its way between processes. */
export interface ErrorMessage {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** The user can put it right: bad input, not a fault of ours. */
  readonly expected: boolean;
}
