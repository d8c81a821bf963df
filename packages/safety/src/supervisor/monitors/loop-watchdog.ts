import type { WatchdogConfig } from '../../config/safety-config.ts';
import type { Watch } from './monitor.ts';
import { QueueWatch } from './queue-monitor.ts';
import { RejectWatch } from './rejection-monitor.ts';
import { SilenceWatch } from './timeout-monitor.ts';

export type BeatSource = 'loop' | 'policy';
const SOURCES: readonly BeatSource[] = ['loop', 'policy'];

/** Watches what commands the arm: its commands, its queue of actions and its heartbeats, from the start to the reset. */
export class LoopWatchdog {
  readonly rejects: RejectWatch;
  readonly queue: QueueWatch;
  readonly #config: WatchdogConfig;
  readonly #commands: SilenceWatch;
  readonly #beats: Readonly<Record<BeatSource, SilenceWatch>>;
  readonly #heard: Record<BeatSource, boolean> = { loop: false, policy: false };
  #active = false;

  constructor(config: WatchdogConfig) {
    this.#config = config;
    this.rejects = new RejectWatch(config.reject);
    this.queue = new QueueWatch(config.queue);
    this.#commands = new SilenceWatch('command_silence', 'commands', config.command);
    const { loop, policy } = config.heartbeats;
    this.#beats = {
      loop: new SilenceWatch('loop_silent', 'heartbeat of the loop', loop),
      policy: new SilenceWatch('policy_silent', 'heartbeat of the policy', policy),
    };
  }

  get watches(): readonly Watch[] {
    return [this.#commands, this.#beats.policy, this.#beats.loop, this.queue, this.rejects];
  }

  /** Silence counts from now on. */
  start(now: number): void {
    this.#active = true;
    this.#commands.arm(now);
    for (const source of SOURCES) {
      if (this.#heard[source] || this.#config.heartbeats[source].from === 'start') this.#beats[source].arm(now);
    }
  }

  /** Nothing is expected of the loop until the next start. */
  end(): void {
    this.#active = false;
    this.#commands.disarm();
    for (const source of SOURCES) this.#beats[source].disarm();
    this.queue.restart();
    this.rejects.restart();
  }

  /** @param made when the newest command was made (s): a stale one is as bad as none */
  command(made: number, now: number): void {
    this.#commands.heard(Math.min(made, now));
  }

  beat(source: BeatSource, now: number): void {
    this.#heard[source] = true;
    const watch = this.#beats[source];
    if (this.#active && !watch.armed) watch.arm(now);
    watch.heard(now);
  }

  /** The clock jumped: what is remembered of time is void. */
  forget(now: number): void {
    this.#commands.forget(now);
    for (const source of SOURCES) this.#beats[source].forget(now);
    this.queue.forget(now);
    this.rejects.forget(now);
  }
}
