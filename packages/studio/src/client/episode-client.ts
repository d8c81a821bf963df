import type { EpisodeResult } from '@praxis/sim';
import type { EpisodeChoice, FromEpisode, FromPolicyWorker, ToEpisode, ToPolicyWorker } from '../protocol/protocol.ts';

export interface EpisodeClientOptions {
  /** Folder of the policy, on the page's origin. */
  readonly modelUrl: string;
  readonly urdfUrl: string;
  /** Everything from the episode's worker, in order. */
  readonly onEpisode: (message: FromEpisode) => void;
  readonly onPolicy: (message: FromPolicyWorker) => void;
}

interface Waiting {
  resolve(result: EpisodeResult): void;
  reject(error: Error): void;
}

/** The page's end of the two workers: physics, cameras and loop in one, the policy in the other. */
export class EpisodeClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #id = 0;

  constructor({ modelUrl, urdfUrl, onEpisode, onPolicy }: EpisodeClientOptions) {
    const { port1, port2 } = new MessageChannel();
    const policy = new Worker(new URL('../workers/policy.worker.ts', import.meta.url), {
      type: 'module',
      name: 'praxis policy',
    });
    policy.onmessage = ({ data }: MessageEvent<FromPolicyWorker>) => onPolicy(data);
    policy.onerror = (event) => {
      event.preventDefault();
      onPolicy({ kind: 'error', message: `policy worker: ${event.message || 'its script did not load'}` });
    };
    this.#worker = new Worker(new URL('../workers/episode.worker.ts', import.meta.url), {
      type: 'module',
      name: 'praxis episode',
    });
    this.#worker.onmessage = ({ data }: MessageEvent<FromEpisode>) => this.#take(data, onEpisode);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      onEpisode({ kind: 'error', message: `episode worker: ${event.message || 'its script did not load'}` });
    };
    policy.postMessage({ kind: 'open', modelUrl, port: port1 } satisfies ToPolicyWorker, [port1]);
    this.#worker.postMessage({ kind: 'init', urdfUrl, policy: port2 } satisfies ToEpisode, [port2]);
  }

  send(message: ToEpisode): void {
    this.#worker.postMessage(message);
  }

  /** A whole episode in lock step, as fast as the machine can. Rejects with one line when there is none. */
  run(choice: EpisodeChoice): Promise<EpisodeResult> {
    const id = this.#id++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.send({ kind: 'run', id, choice });
    });
  }

  #take(message: FromEpisode, onEpisode: (message: FromEpisode) => void): void {
    onEpisode(message);
    if ((message.kind !== 'result' && message.kind !== 'error') || message.id === undefined) return;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'result') waiting?.resolve(message.result);
    else waiting?.reject(new Error(message.message));
  }
}
