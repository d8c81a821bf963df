import { CommandTap, connectRecorder, LoopRecorder, recordingChannels } from '@praxis/wire/recording';
import { RecordingThread } from '../../packages/evaluation/src/recording/thread/recording-thread.ts';
import { type Counted, eachStream } from './counts.ts';
import { RobotAtRest, spec } from './robot-at-rest.ts';
import { TimedLoop } from './timed-loop.ts';

/** The recorder does not begin a record with less time than this before the next period (ms). */
const RESERVE_MS = 0.4;
/** With more bytes waiting, everything is encoded all the same. */
const PATIENCE_BYTES = 32 * 1024 * 1024;

/** A loop whose streams, actions and commands are recorded to a file, as `--record` does on the wall clock. */
export class RecordedLoop {
  readonly timed: TimedLoop;
  readonly failures: string[] = [];
  largestBacklogBytes = 0;
  readonly #robot = new RobotAtRest();
  readonly #thread: RecordingThread;
  readonly #recorder: LoopRecorder;

  constructor(path: string, urdf: string) {
    this.#thread = new RecordingThread(
      {
        head: { channels: recordingChannels(spec), metadata: [], library: 'praxis bench' },
        target: { kind: 'file', path, existing: 'refuse' },
      },
      (message) => this.failures.push(message),
    );
    this.#recorder = new LoopRecorder({ robot: spec, output: this.#thread });
    const robot = new CommandTap(this.#robot, (name, command) =>
      this.#recorder.addCommand('loopCommand', name, command),
    );
    this.timed = new TimedLoop(this.#robot, robot, urdf);
    connectRecorder(this.#recorder, { robot, loop: this.timed.loop });
    this.timed.loop.start();
  }

  get ready(): Promise<void> {
    return this.#thread.ready;
  }

  async run(seconds: number): Promise<void> {
    const [recorder, thread] = [this.#recorder, this.#thread];
    await this.timed.run(seconds, (ms) => {
      recorder.endPeriod({ time: this.#robot.clock.now(), loopTicked: true, safetyState: '' });
      this.largestBacklogBytes = Math.max(this.largestBacklogBytes, recorder.backlogBytes);
      if (recorder.backlogBytes > PATIENCE_BYTES) recorder.drain();
      else recorder.drain(Math.max(ms - RESERVE_MS, 0));
      thread.flush('due');
    });
    // What waits must not be written beside the next loop.
    recorder.drain();
    thread.flush();
    while (thread.backlogBytes > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** Samples of each stream: published, recorded, and those that the recorder dropped. */
  counts(): readonly (Counted & { readonly dropped: number })[] {
    const kept = new Map(this.#recorder.streams.map((each) => [each.stream, each]));
    return eachStream(this.#robot).map(({ stream, published }) => {
      const { recorded, dropped } = kept.get(stream)!;
      return { stream, published, received: recorded, dropped };
    });
  }

  /** Ends the file. @returns its size (bytes), and the number of its messages */
  async finish() {
    this.timed.loop.stop();
    return this.#thread.finish([]);
  }
}
