import { EpisodeBridge, type OpenBridge } from '@praxis/evaluation';
import { armModel, SIM_LOOP } from '@praxis/sim';
import { streamTopic } from '@praxis/wire/recording';
import type { ClientCounts } from './clients.ts';
import { type Counted, eachStream } from './counts.ts';
import { PERIOD_MS, RobotAtRest } from './robot-at-rest.ts';
import { TimedLoop } from './timed-loop.ts';

/** A loop that a bridge shows, as `praxis sim --bridge` does in real time. */
export class BridgedLoop {
  readonly timed: TimedLoop;
  readonly #robot = new RobotAtRest();
  readonly #tap: EpisodeBridge;
  readonly #bridge: OpenBridge;

  constructor(bridge: OpenBridge, urdf: string) {
    this.#bridge = bridge;
    const { hub, jpeg } = bridge;
    this.#tap = new EpisodeBridge({
      ...{ hub, jpeg, urdf, facts: { task: 'none' }, control: 'nothing', pace: 'goes on' },
      onRemark: (line) => console.error(line),
    });
    const robot = this.#tap.wrapLoopRobot(this.#robot);
    this.timed = new TimedLoop(this.#robot, robot, urdf);
    this.#tap.begin({
      ...{ robot, loop: this.timed.loop, supervisor: undefined, driver: 'policy', setup: armModel(urdf) },
      ...{ inferenceDelay: 0, maximumChunkAge: SIM_LOOP.maximumChunkAge, period: PERIOD_MS / 1000 },
      request: () => ({ ok: false, reason: 'a bench has no supervisor' }),
      setInstruction: () => {},
    });
    this.timed.loop.start();
  }

  async run(seconds: number): Promise<void> {
    await this.timed.run(seconds, () => void this.#tap.endPeriod(true));
    // What waits for the slow client is bounded and goes on; the pictures that wait for their JPEG must not cost the next loop time.
    await this.#tap.finish();
  }

  /** Samples of each stream: published, and what a client got of them. */
  counts(client: ClientCounts['everything']): readonly Counted[] {
    return eachStream(this.#robot).map((each) => ({ ...each, received: client[streamTopic(each.stream)] ?? 0 }));
  }

  async close(): Promise<void> {
    this.timed.loop.stop();
    await this.#bridge.close();
  }
}
