import { ControlLoop, InputError, type Policy } from '@praxis/core';
import { createScheduler } from '@praxis/policy';
import { letsCommandsThrough, type OperatorRequest, type SafetyEvent } from '@praxis/safety';
import { Heartbeat, loopOptions, type ReplaySupervision, setupOf, superviseReplay } from '@praxis/sim';
import type { McapFile } from '@praxis/wire/mcap';
import { CommandTap } from '@praxis/wire/recording';
import { openPolicy, type PolicySource, policyIdentity, policySource } from '../project/policy-source.ts';
import type { Project } from '../project/project.ts';
import { robotChoice, robotFolder } from '../project/robot.ts';
import { BUILD, robotDigest } from '../recording/facts.ts';
import { withMcapFile } from '../recording/file-source.ts';
import { Comparison, copyCommand, type ReplayedPeriod } from './comparison.ts';
import { type RecordedPeriod, recordedPeriods } from './recorded-periods.ts';
import { type RecordedRun, recordedRun } from './recorded-run.ts';
import { ReplayRobot } from './replay-robot.ts';
import type { ChangedFact, ReplayReport } from './report.ts';

/** Options of {@link replayRecording}. */
export interface ReplayOptions {
  readonly project: Project;
  /** Policy in place of the recorded one. Default: the one that the recording names. */
  readonly policy?: string;
  /** Folder of the robot in place of the recorded one. */
  readonly robot?: string;
  /** Ends the replay early; the report then covers what was replayed. */
  readonly signal?: AbortSignal;
}

/**
 * Feeds the recorded samples through the present streams, policy and supervisor, and compares what comes of it with the recording: with
 * the same build, policy and backend every action and command has the recorded bits.
 * @throws {McapError} with the offset for an empty, foreign or damaged file
 * @throws {InputError} for a recording that cannot be replayed, with the reason
 */
export const replayRecording = (path: string, options: ReplayOptions): Promise<ReplayReport> =>
  withMcapFile(path, (file) => replay(file, options));

async function replay(
  file: McapFile,
  { project, policy: named, robot: folder, signal }: ReplayOptions,
): Promise<ReplayReport> {
  const run = recordedRun(file);
  checkReplayable(file.name, run);
  const source = policySource(named ?? run.policySource, project);
  const policy = await openPolicy(source);
  if (policy === 'expert') throw expertError(file.name);
  try {
    const recorded = run.robotFolder;
    // A recording of the studio names a robot that Praxis or the configuration registers.
    const choice = await robotChoice(folder ?? (recorded && (robotFolder(recorded, project) ?? recorded)));
    const setup = setupOf(choice);
    const present = { robotSha256: robotDigest(choice), ...(await presentFacts(source, project)) };
    const loop = new ReplayLoop(run, policy, setup);
    const comparison = new Comparison();
    const facts = { periods: 0, start: Number.NaN, end: Number.NaN, dropped: 0 };
    try {
      for await (const period of recordedPeriods(file, run.robot.streams)) {
        if (facts.periods++ === 0) {
          checkStart(file.name, period, run);
          facts.start = period.time;
        }
        facts.end = period.time;
        facts.dropped += period.dropped;
        comparison.observeSamples(period);
        comparison.compare(period, await loop.run(period));
        if (signal?.aborted) break;
      }
    } finally {
      await loop.close();
    }
    const { first, altered, counts } = comparison;
    return {
      ...{ file: file.name, task: run.task, seed: run.seed, policy: policy.spec.name },
      verdict: first || altered.length > 0 ? 'different' : 'exact',
      ...{ periods: facts.periods, seconds: facts.periods === 0 ? 0 : facts.end - facts.start, counts },
      ...(first ? { first } : {}),
      ...{ altered, changed: changedFacts(run, present), dropped: facts.dropped },
      ...(file.cut ? { cut: file.cut } : {}),
      ...(run.fault === undefined ? {} : { fault: run.fault }),
    };
  } finally {
    await policy.close();
  }
}

function checkReplayable(name: string, { driver, policySource: source }: RecordedRun): void {
  if (source === 'expert') throw expertError(name);
  if (driver !== 'policy') {
    throw new InputError(`${name}: driven by ${driver}, expected a recording in which a policy alone drives the robot`);
  }
}

const expertError = (name: string): InputError =>
  new InputError(
    `${name}: recorded with the expert, which reads the simulator and no streams, so that it cannot be replayed`,
  );

/** The loop's state before its first period is in no recording. */
function checkStart(name: string, { time }: RecordedPeriod, { period }: RecordedRun): void {
  if (time <= 1.5 * period) return;
  throw new InputError(
    `${name}: begins ${time.toFixed(3)} s after the start, expected a recording from the start (without --keep)`,
  );
}

interface PresentFacts {
  readonly policy: string;
  readonly policySha256: string;
  readonly robotSha256: string;
}

async function presentFacts(source: PolicySource, { config }: Project): Promise<Omit<PresentFacts, 'robotSha256'>> {
  const { policy, sha256 } = await policyIdentity(source, config);
  return { policy, policySha256: sha256 };
}

function changedFacts(run: RecordedRun, present: PresentFacts): readonly ChangedFact[] {
  const pairs: readonly (readonly [string, string, string])[] = [
    ['build', run.build, BUILD.version],
    ['runtime', run.runtime, BUILD.runtime],
    ['backend', run.backend, BUILD.backend],
    ['policy', run.policy, present.policy],
    ['policy_sha256', run.policySha256, present.policySha256],
    ['robot_sha256', run.robotSha256, present.robotSha256],
  ];
  return pairs.flatMap(([what, recorded, now]) => (recorded === now ? [] : [{ what, recorded, present: now }]));
}

/** The control loop of a recording, with its supervisor, run period by period as an episode runs it. */
class ReplayLoop {
  readonly #robot: ReplayRobot;
  readonly #loop: ControlLoop;
  readonly #supervision: ReplaySupervision | undefined;
  readonly #heartbeat = new Heartbeat();
  readonly #done = {
    observations: [] as ReplayedPeriod['observations'][number][],
    chunks: [] as ReplayedPeriod['chunks'][number][],
    loopCommands: [] as ReplayedPeriod['loopCommands'][number][],
    robotCommands: [] as ReplayedPeriod['robotCommands'][number][],
    safetyEvents: [] as SafetyEvent[],
  };
  #driver = 'policy';

  constructor(run: RecordedRun, policy: Policy, setup: ReturnType<typeof setupOf>) {
    this.#robot = new ReplayRobot(run.robot);
    const done = this.#done;
    const tapped = new CommandTap(this.#robot, (name, { value }) => done.robotCommands.push(copyCommand(name, value)));
    this.#supervision = run.safety === 'off' ? undefined : superviseReplay(tapped, setup, run.period);
    const supervised = this.#supervision?.robot ?? tapped;
    this.#supervision?.supervisor.events$.subscribe((event) => done.safetyEvents.push(event));
    const robot = new CommandTap(supervised, (name, { value }) => done.loopCommands.push(copyCommand(name, value)));
    this.#loop = new ControlLoop({
      ...{ robot, policy, scheduler: createScheduler(run.scheduler), mask: run.mask, acceptRobot: run.acceptRobot },
      inference: { kind: 'simulated', delay: run.inferenceDelay },
      ...loopOptions(setup, policy.spec),
      ...(run.maximumChunkAge === undefined ? {} : { maximumChunkAge: run.maximumChunkAge }),
    });
    this.#loop.observations$.subscribe((observation) => done.observations.push(observation));
    this.#loop.chunks$.subscribe((chunk) => done.chunks.push(chunk));
    this.#loop.events$.subscribe(({ kind }) => {
      if (kind === 'masked') this.#reportNeeds();
    });
    this.#reportNeeds();
    this.#loop.start();
  }

  /** Runs one recorded period. */
  async run({ time, samples, loopTicked, operatorInput }: RecordedPeriod): Promise<ReplayedPeriod> {
    for (const list of Object.values(this.#done)) list.length = 0;
    for (const { kind, text } of operatorInput) this.#acceptInput(kind, text);
    for (const { stream, sample } of samples) this.#robot.publish(stream, sample);
    this.#robot.clock.time = time;
    if (loopTicked) {
      this.#loop.tick();
      await this.#loop.pending;
    }
    this.#supervision?.tick(this.#loop, loopTicked, this.#heartbeat.beatIfDue(time));
    return { ...this.#done, safetyState: this.#supervision?.supervisor.state ?? '' };
  }

  async close(): Promise<void> {
    this.#loop.stop();
    await this.#loop.pending;
    await this.#robot.stop();
  }

  #acceptInput(kind: string, text: string): void {
    if (kind === 'driver') {
      this.#driver = text;
      this.#reportNeeds();
      return;
    }
    if (kind !== 'request') return;
    const request = text as OperatorRequest;
    this.#supervision?.request(request);
    if (letsCommandsThrough(request) && this.#supervision?.supervisor.state === 'running') this.#loop.resynchronize();
  }

  #reportNeeds(): void {
    this.#supervision?.supervisor.needStreams(this.#driver === 'policy' ? this.#loop.reads : []);
  }
}
