import { type ExitReason, ServiceClient, webWorkerTransport } from '@praxis/core';
import type { EpisodeResult } from '@praxis/sim';
import {
  type EpisodeChoice,
  type EpisodeNames,
  type EpisodeService,
  type EpisodeSetup,
  type FromEpisode,
  type LoadProgress,
  oneLine,
  type PolicyDescription,
  type PolicyWorkerService,
} from '../protocol/protocol.ts';

/** Options of {@link EpisodeClient}. */
export interface EpisodeClientOptions extends Omit<EpisodeSetup, 'policy'> {
  /** Address of the policy's folder, on the page's origin. */
  readonly modelUrl: string;
  /** Name of a policy of the configuration, or the address of a server; undefined selects the folder. */
  readonly policy: string | undefined;
  /** True when the user names the policy, which may then drive any robot. */
  readonly namesPolicy: boolean;
  /** Called with the names to choose from when the simulator is loaded. */
  readonly onReady: (names: EpisodeNames) => void;
  /** Called with every message of the episode worker, in order. */
  readonly onEpisode: (message: FromEpisode) => void;
  /** Called while the policy's files arrive. */
  readonly onPolicyProgress: (progress: LoadProgress) => void;
  readonly onPolicy: (policy: PolicyDescription) => void;
  /** Called with one line when the policy does not load or its worker exits. */
  readonly onPolicyError: (message: string) => void;
}

/** Starts and calls the two workers of the page: one runs physics, cameras and loop, the other the policy. */
export class EpisodeClient {
  readonly episode: ServiceClient<EpisodeService>;
  /** Starts the policy's worker, unless it was started. */
  readonly openPolicy: () => void;
  readonly #fail: (error: unknown) => void;

  constructor(options: EpisodeClientOptions) {
    const {
      modelUrl,
      policy: named,
      namesPolicy,
      robot,
      urdfUrl,
      robotsUrl,
      acceptRobot,
      configUrl,
      onReady,
      onEpisode,
      onPolicyProgress,
      onPolicy,
      onPolicyError,
    } = options;
    const { port1, port2 } = new MessageChannel();
    let started = false;
    this.openPolicy = () => {
      if (started) return;
      started = true;
      const policyWorker = new Worker(new URL('../workers/policy.worker.ts', import.meta.url), {
        type: 'module',
        name: 'praxis policy',
      });
      const policy = new ServiceClient<PolicyWorkerService>(webWorkerTransport(policyWorker), {
        events: { progress: onPolicyProgress },
        exitError: (reason) => exitErrorOf('policy worker', reason),
        onStatus: (status) =>
          status.kind === 'exited' && onPolicyError(exitErrorOf('policy worker', status.reason).message),
      });
      const setup = { modelUrl, configUrl, policy: named, port: port1 };
      policy.call('open', setup, { transfer: [port1] }).then(onPolicy, (error: unknown) => {
        if (policy.status.kind !== 'exited') onPolicyError(oneLine(error));
      });
    };
    // Another robot may have several arms, which the shipped policy does not move: the page asks for it once the robot is known.
    if (robot === undefined || namesPolicy) this.openPolicy();
    this.#fail = (error) => onEpisode({ kind: 'error', message: oneLine(error) });
    const episodeWorker = new Worker(new URL('../workers/episode.worker.ts', import.meta.url), {
      type: 'module',
      name: 'praxis episode',
    });
    this.episode = new ServiceClient<EpisodeService>(webWorkerTransport(episodeWorker), {
      events: { message: onEpisode },
      exitError: (reason) => exitErrorOf('episode worker', reason),
      onNotificationError: this.#fail,
    });
    const episodeSetup = { robot, urdfUrl, robotsUrl, acceptRobot, configUrl, policy: port2 };
    this.episode.call('init', episodeSetup, { transfer: [port2] }).then(onReady, this.#fail);
  }

  /** Runs a whole episode in lock step, as fast as the machine allows. Rejects when the episode fails. */
  async run(choice: EpisodeChoice): Promise<EpisodeResult> {
    try {
      return await this.episode.call('run', choice);
    } catch (error) {
      this.#fail(error);
      throw error;
    }
  }
}

const exitErrorOf = (worker: string, { error }: ExitReason): Error =>
  new Error(`${worker}: ${error?.message ?? 'terminated'}`, { cause: error });
