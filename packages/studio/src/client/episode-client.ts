import { type ExitReason, ServiceClient, webWorkerTransport } from '@praxis/core';
import type { EpisodeResult } from '@praxis/sim';
import {
  type EpisodeChoice,
  type EpisodeService,
  type FromEpisode,
  oneLine,
  type PolicyDescription,
  type PolicyWorkerService,
} from '../protocol/protocol.ts';

export interface EpisodeClientOptions {
  /** Folder of the policy, on the page's origin. */
  readonly modelUrl: string;
  readonly urdfUrl: string;
  /** The simulator is there. */
  readonly onReady: (tasks: readonly string[]) => void;
  /** Everything from the episode's worker, in order. */
  readonly onEpisode: (message: FromEpisode) => void;
  readonly onPolicy: (policy: PolicyDescription) => void;
  /** The policy is not there. One line. */
  readonly onPolicyError: (message: string) => void;
}

/** The page's end of the two workers: physics, cameras and loop in one, the policy in the other. */
export class EpisodeClient {
  readonly episode: ServiceClient<EpisodeService>;
  readonly #fail: (error: unknown) => void;

  constructor({ modelUrl, urdfUrl, onReady, onEpisode, onPolicy, onPolicyError }: EpisodeClientOptions) {
    const { port1, port2 } = new MessageChannel();
    const policyWorker = new Worker(new URL('../workers/policy.worker.ts', import.meta.url), {
      type: 'module',
      name: 'praxis policy',
    });
    const policy = new ServiceClient<PolicyWorkerService>(webWorkerTransport(policyWorker), {
      exitError: (reason) => ended('policy worker', reason),
      onStatus: (status) => status.kind === 'exited' && onPolicyError(ended('policy worker', status.reason).message),
    });
    policy.call('open', { modelUrl, port: port1 }, { transfer: [port1] }).then(onPolicy, (error: unknown) => {
      if (policy.status.kind !== 'exited') onPolicyError(oneLine(error));
    });
    this.#fail = (error) => onEpisode({ kind: 'error', message: oneLine(error) });
    const episodeWorker = new Worker(new URL('../workers/episode.worker.ts', import.meta.url), {
      type: 'module',
      name: 'praxis episode',
    });
    this.episode = new ServiceClient<EpisodeService>(webWorkerTransport(episodeWorker), {
      events: { message: onEpisode },
      exitError: (reason) => ended('episode worker', reason),
      onNotificationError: this.#fail,
    });
    this.episode.call('init', { urdfUrl, policy: port2 }, { transfer: [port2] }).then(onReady, this.#fail);
  }

  /** A whole episode in lock step, as fast as the machine can. Rejects with one line when there is none. */
  async run(choice: EpisodeChoice): Promise<EpisodeResult> {
    try {
      return await this.episode.call('run', choice);
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }
}

const ended = (worker: string, { error }: ExitReason): Error =>
  new Error(`${worker}: ${error?.message ?? 'it was ended'}`, { cause: error });
