import type { LoadProgress } from '../protocol/protocol.ts';
import { LoadingView } from '../view/loading-view.ts';
import type { StatusLine } from '../view/status-line.ts';
import { Readiness } from './api.ts';

/** What of the page has loaded and what has failed, for its display and for scripts that wait for it. */
export class PageLoading {
  readonly #status: StatusLine;
  readonly #view = new LoadingView();
  readonly #ready = new Readiness(['policy', 'simulator']);
  /** Reason why the policy did not load; undefined otherwise. */
  #policyError: string | undefined;

  constructor(status: StatusLine) {
    this.#status = status;
  }

  /** Resolves when simulator and policy are loaded; rejects with one line when one of them does not load. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  set policyProgress(progress: LoadProgress) {
    this.#view.policyProgress = progress;
  }

  onSimulator(): void {
    this.#view.markLoaded('simulator');
    this.#ready.markReady('simulator');
  }

  /** @param description the policy in words, or what drives the robot without one */
  onPolicy(description: string): void {
    this.#view.markLoaded('policy');
    this.#status.policy = description;
    this.#ready.markReady('policy');
  }

  onScene(): void {
    this.#view.hide();
  }

  onPolicyError(message: string): void {
    this.#status.policy = 'policy: none';
    this.#policyError = message;
  }

  /** @param message one line */
  fail(message: string): void {
    this.#ready.fail(message);
    this.#view.fail();
    this.#status.error = message === this.#policyError ? `The policy did not load: ${message}` : message;
  }
}
