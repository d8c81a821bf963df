import type { Stamped, StreamValue } from '@praxis/core';
import {
  type BuildFacts,
  type EpisodeFacts,
  judgementFacts,
  judgementWords,
  type OperatorJudgement,
  RESULT,
  type RunFacts,
  sampleCounts,
  startMetadata,
} from '@praxis/evaluation/recording';
import type { TappedEpisode } from '@praxis/sim';
import { ChunkBuilder, loadZstd, type McapChunk, McapFileWriter } from '@praxis/wire/mcap';
import { connectRecorder, DirectOutput, LoopRecorder, recordingChannels } from '@praxis/wire/recording';
import { map } from 'rxjs';

/** Most bytes of a recording, compressed. Then it ends by itself. */
const MAX_BYTES = 512 * 1024 ** 2;

/** What a recording says of its run beside what the episode knows. */
export interface RecordedRunFacts {
  readonly build: BuildFacts;
  readonly run: RunFacts;
  readonly episode: Omit<EpisodeFacts, 'driver'>;
  /** What drives the robot while no person does. */
  readonly driver: EpisodeFacts['driver'];
  /** Inputs of the policy that a replay runs alone. Default: all of the episode's policy. */
  readonly inputs?: readonly string[];
}

/** What was before a recording, and is still in force. */
export interface Beginning {
  /** Newest sample of each stream that seldom has one, by its index. */
  readonly latched: ReadonlyMap<number, Stamped<StreamValue>>;
  /** Who drives the robot: `operator` for a person. */
  readonly driver: string;
}

/** Records the loop of an episode in memory, with the topics of every recording, and makes a file of it. */
export class LoopRecording {
  readonly recorder: LoopRecorder;
  /** Time at which it began (s). */
  readonly since: number;
  readonly #parts: TappedEpisode;
  readonly #facts: RecordedRunFacts;
  readonly #started = new Date();
  readonly #chunks: McapChunk[] = [];
  readonly #output: DirectOutput;
  readonly #disconnect: () => void;
  #bytes = 0;
  #isDrivenByPerson: boolean;
  #judgement: OperatorJudgement = {};

  /** Loads what compresses the chunks; await it once before the first recording. */
  static readonly load = loadZstd;

  constructor(parts: TappedEpisode, facts: RecordedRunFacts, { latched, driver }: Beginning) {
    this.#isDrivenByPerson = driver === 'operator';
    this.#parts = parts;
    this.#facts = facts;
    const { robot, loop, supervisor } = parts;
    this.since = robot.clock.now();
    const addChunk = (chunk: McapChunk): void => {
      this.#bytes += chunk.head.length + chunk.records.length + chunk.indexes.length;
      this.#chunks.push(chunk);
    };
    this.#output = new DirectOutput(new ChunkBuilder(), { addChunk });
    this.recorder = new LoopRecorder({ robot: robot.spec, output: this.#output });
    const { inputs } = facts;
    const observations$ = inputs
      ? loop.observations$.pipe(
          map((each) => ({ ...each, inputs: new Map([...each.inputs].filter(([name]) => inputs.includes(name))) })),
        )
      : loop.observations$;
    const { chunks$, events$ } = loop;
    this.#disconnect = connectRecorder(this.recorder, {
      robot,
      loop: {
        ...{ observations$, chunks$, events$ },
        get stats() {
          return loop.stats;
        },
      },
      safetyEvents$: supervisor?.events$,
    });
    // What was said before is still in force.
    for (const [i, sample] of latched) this.recorder.addSample(i, { ...sample, received: this.since });
  }

  /** True once no more fits into memory. */
  get full(): boolean {
    return this.#bytes >= MAX_BYTES;
  }

  operatorInput(kind: 'request' | 'driver' | 'text', text: string): void {
    if (kind === 'driver' && text === 'operator') this.#isDrivenByPerson = true;
    this.recorder.addOperatorInput(kind, text, this.#parts.robot.clock.now());
  }

  /** Takes what a person says of the episode so far; the newest counts. */
  judge(judgement: OperatorJudgement): void {
    this.#judgement = judgement;
    this.recorder.addOperatorInput('judgement', judgementWords(judgement), this.#parts.robot.clock.now());
  }

  endPeriod(loopTicked: boolean): void {
    const { robot, supervisor, loop, driver } = this.#parts;
    const time = robot.clock.now();
    this.recorder.endPeriod({ time, loopTicked, safetyState: supervisor?.state ?? '', driver });
    this.recorder.addStats(loop.stats, time);
    this.recorder.drain();
  }

  /** Ends it. @param result facts of the episode's end @returns makes the bytes of an MCAP file, now or with a later judgement */
  finish(result: Readonly<Record<string, string>>): (judgement?: OperatorJudgement) => Blob {
    this.#disconnect();
    this.recorder.drain();
    this.#output.flush();
    return (judgement = this.#judgement) => this.#file({ ...result, ...judgementFacts(judgement) });
  }

  #file(result: Readonly<Record<string, string>>): Blob {
    const { robot, inferenceDelay, maximumChunkAge, period } = this.#parts;
    const { build, run, episode, driver: usual } = this.#facts;
    const driver = this.#isDrivenByPerson && usual === 'policy' ? 'words' : usual;
    const loop = { robot: robot.spec, inferenceDelay, maximumChunkAge, period };
    const metadata = startMetadata({ build, run, episode: { ...episode, driver }, loop, started: this.#started });
    // Parts that the browser may keep outside the memory of this thread.
    const parts: Blob[] = [];
    const sink = { write: (bytes: Uint8Array): void => void parts.push(new Blob([bytes as Uint8Array<ArrayBuffer>])) };
    const library = `praxis ${build.version}`;
    const file = new McapFileWriter(sink, { channels: recordingChannels(robot.spec), metadata: [metadata], library });
    for (const chunk of this.#chunks) file.addChunk(chunk);
    file.addMetadata({ name: RESULT, values: { ...result, ...sampleCounts(this.recorder) } });
    file.end();
    return new Blob(parts, { type: 'application/octet-stream' });
  }
}
