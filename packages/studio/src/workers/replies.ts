import type { OperatorRequest } from '@praxis/safety';
import type { Episode } from '@praxis/sim';
import type { FromEpisode } from '../protocol/protocol.ts';

/** Whether simulated time advances; while it does not, no command moves the robot. */
export type Playback = 'playing' | 'paused' | 'finished';

export const OVER = 'the episode is over and nothing moves: reset it or load the next one';
export const PAUSED = 'nothing moves while the episode is paused: play it';

/** Collects the words of an answer until they are posted. */
export class Replies {
  /** Question that waits for yes or no. */
  pending: string | undefined;
  readonly #post: (message: FromEpisode) => void;
  #words: string[] = [];

  constructor(post: (message: FromEpisode) => void) {
    this.#post = post;
  }

  say(...words: readonly string[]): void {
    this.#words.push(...words);
  }

  /** Posts the words since the last reply. Without an id it posts nothing when there are none. @param id id of the text that they answer */
  post(id?: number): void {
    if (id === undefined && this.#words.length === 0) return;
    this.#post({ kind: 'reply', id, words: this.#words, pending: this.pending });
    this.#words = [];
  }
}

/** Passes a request of the page's buttons to the supervisor. It returns why the request has no effect, in words; undefined when it has. */
export function passToSupervisor(episode: Episode, request: OperatorRequest): string | undefined {
  const result = episode.request(request);
  if (result.ok) return undefined;
  return `${request === 'resetAndStart' ? 'not started' : 'no effect'}: ${result.reason}`;
}
