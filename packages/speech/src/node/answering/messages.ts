/** To each question, and once when it has started. */
export type Reply = { readonly answer: unknown } | { readonly error: string };

/** In the place of a question: frees what it has opened, and ends. */
export const CLOSE = 'close';
