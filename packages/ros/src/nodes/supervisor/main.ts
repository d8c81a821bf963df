import type { SignalSpec } from '@praxis/core';
import {
  derivedFigures,
  isStop,
  type RequestResult,
  type SafetyConfig,
  type SafetyEvent,
  safetyNotes,
} from '@praxis/safety';
import { Diagnostics, ERROR, OK, type Report, WARN } from '../../diagnostics/diagnostics.ts';
import { topicReport } from '../../diagnostics/topic-report.ts';
import type { Output } from '../../output/arm-outputs.ts';
import { armOutput } from '../../output/arm-outputs.ts';
import { gripperOutput } from '../../output/gripper-outputs.ts';
import { catchErrors } from '../../rcl/catch-errors.ts';
import { declareParameters } from '../../rcl/parameters.ts';
import { REAL_TIME_PRIORITY, requestRealTime, setUpRealTime } from '../../rcl/real-time.ts';
import { type RosSession, runNode } from '../../rcl/session.ts';
import { LATE_TICK_S } from '../../rcl/tick-timing.ts';
import { offerTriggers } from '../../rcl/triggers.ts';
import { type NodeArm, openArm } from '../../robot/arm.ts';
import { COMMAND_TOPIC, commandOf, senderOf } from '../../robot/command-topic.ts';
import { HEARTBEAT_TOPIC, HEARTBEAT_TYPE, POWER_TOPIC, queueOf, readsOf } from '../../robot/node-topics.ts';
import { openTopic } from '../../robot/stream-topics.ts';
import { publish, publishText, subscribe } from '../../streams/session-topics.ts';
import type { TopicStatus } from '../../streams/topic.ts';
import { CommandAuthority, nameOf } from './command-authority.ts';
import { SUPERVISOR_PARAMETERS } from './parameters.ts';
import { rivalsOf } from './rivals.ts';
import { safetyConfigOf } from './safety-config.ts';
import { monitoredStreams } from './supervisor-runner.ts';
import { SupervisorThread } from './supervisor-thread.ts';

/** Name of the diagnostics part for the supervisor's state. */
const STATE_PART = 'state';
/** Rate (Hz) that sets the silence limit of every sensor in the diagnostics: half a second without a message. */
const SILENCE_RATE_HZ = 10;
/** Name of the diagnostics part for the timing of the periods. */
const TIMING_PART = 'timing';
/** Name of the diagnostics part for the node that commands the arm. */
const COMMANDER_PART = 'commander';
/** Period (ms) of the look for other publishers. */
const RIVAL_CHECK_PERIOD_MS = 200;

/**
 * Runs the supervisor between the control loop and the arm's controllers, in a process of its own. This thread receives and
 * publishes; the supervisor ticks in a thread that the middleware cannot block.
 */
async function run(session: RosSession): Promise<void> {
  const { rcl, node, clock, stampClock, log } = session;
  const parameters = declareParameters(rcl, node, SUPERVISOR_PARAMETERS);
  const arm = await openArm(session, parameters);
  const { description, robot, folder, gripper } = arm;
  const config = safetyConfigOf(parameters.safety_config, folder?.choice);
  const { joints, baseFrame } = description;
  const { controller_name: controllerName, gripper_name: gripperName, gripper_effort: maxEffort } = parameters;
  const outputs = [
    armOutput(parameters.controller, { rcl, node, joints, kinematics: robot.kinematics, controllerName, baseFrame }),
    // A folder says whether there is a gripper.
    gripperOutput(folder && !folder.setup.gripper ? 'none' : parameters.gripper, {
      ...{ rcl, node, gripperName, maxEffort },
      joints: gripper,
    }),
  ];
  const power = publish(session, 'std_msgs/msg/Bool', POWER_TOPIC, 'latched');
  const state = publishText(session, '~/state', 'latched');
  const events = publishText(session, '~/event', 'published');
  const diagnostics = new Diagnostics(session);
  const streams = monitoredStreams(robot.spec, parameters.watch_cameras);
  for (const line of startNotes(arm, config, parameters.safety_config, streams)) log.warn(line);
  const supervisor = await SupervisorThread.start({
    description,
    config,
    cameras: parameters.watch_cameras,
    autoStart: parameters.auto_start,
    streams,
    outputs,
    stampClock,
    log,
    onPower: catchErrors(log, POWER_TOPIC, (data) => power.publish({ data })),
    onEvent: catchErrors(log, 'event of the supervisor', (event) => {
      logEvent(log, event);
      if (event.from !== event.to) state.publish({ data: event.to });
      events.publish({ data: JSON.stringify(event) });
      diagnostics.publish([STATE_PART]);
    }),
    onDead: (reason) => {
      power.publish({ data: false });
      void session.fail(`${reason}: the brakes close`, 1);
    },
  });
  if (setUpRealTime(log, parameters.realtime, REAL_TIME_PRIORITY.supervisor) === 'granted')
    requestRealTime(supervisor.threadId, REAL_TIME_PRIORITY.supervisorThread, 'thread');
  state.publish({ data: supervisor.state });
  const holdRunning = (reason: string): void => {
    if (supervisor.state === 'running') void supervisor.hold(reason);
  };
  const authority = new CommandAuthority(holdRunning);
  watchRivals(session, authority, outputs, holdRunning);
  const topics = subscribeStreams(session, { supervisor, authority, streams, arm });
  const heartbeat = subscribe(session, {
    type: HEARTBEAT_TYPE,
    topic: HEARTBEAT_TOPIC,
    qos: 'event',
    read: (message) => ({ queue: queueOf(message), reads: readsOf(message) }),
  });
  const watched = parameters.needed_cameras.filter((name) => name !== '').map((name) => `images.${name}`);
  heartbeat.stream$.subscribe(
    catchErrors(log, HEARTBEAT_TOPIC, ({ value: { queue, reads }, ...times }) => {
      supervisor.needStreams(reads === 'all' ? reads : [...reads, ...watched]);
      supervisor.acceptHeartbeat({ value: queue, ...times });
    }),
  );
  offerServices(session, supervisor, authority);
  addDiagnostics(session, diagnostics, supervisor, topics, outputs);
  diagnostics.add(COMMANDER_PART, () => commanderReport(authority, clock.now()));
  session.onClose(() => {
    for (const topic of topics.values()) topic.close();
    for (const output of outputs) output.close();
  });
  session.onClose(async () => {
    log.info(timingOf(supervisor));
    await supervisor.close();
  });
  log.info(
    `supervises ${joints.length} joints of ${robot.spec.name}: ${COMMAND_TOPIC} -> ${outputs.map(({ name }) => name).join(', ')}`,
  );
}

/** What the subscriptions serve. */
interface StreamSubscription {
  readonly supervisor: SupervisorThread;
  readonly authority: CommandAuthority;
  readonly streams: readonly SignalSpec[];
  readonly arm: NodeArm;
}

/** What the node prints once at its start: what the description of the arm lacks, derived limits, and what nothing checks. */
function startNotes(
  { robot: { model, tool, spec }, folder }: NodeArm,
  config: SafetyConfig,
  named: string,
  streams: readonly SignalSpec[],
): readonly string[] {
  const { name: robot } = spec;
  const isFile = !['', 'sim', 'teleop'].includes(named);
  return [
    ...(folder?.setup.warnings ?? model.warnings ?? []).map((line) => `robot ${robot}: ${line}`),
    ...(folder && folder.setup.definition.safety === undefined && !isFile
      ? [`safety: ${robot} has no settings; derived from its description, not measured: ${derivedFigures(config)}`]
      : []),
    ...safetyNotes({ config, robot, streams, tool, figures: folder ? 'own' : 'defaults' }),
  ];
}

/** Subscribes to the streams and to the commands. @returns topics by stream name, commands under their topic's name */
function subscribeStreams(
  session: RosSession,
  { supervisor, authority, streams, arm: { description, gripper } }: StreamSubscription,
): ReadonlyMap<string, TopicStatus> {
  const { joints, imageTransport, gripperStates, jointAge } = description;
  const topics = new Map<string, TopicStatus>();
  for (const spec of streams) {
    const topic = openTopic({ ...session, imageTransport, gripperStates, gripper, jointAge }, spec);
    topic.stream$.subscribe(
      catchErrors(session.log, topic.name, (sample) => supervisor.acceptSample(spec.name, sample)),
    );
    topics.set(spec.name, topic);
  }
  const commands = subscribe(session, {
    type: 'trajectory_msgs/msg/JointTrajectory',
    topic: COMMAND_TOPIC,
    qos: 'command',
    read: (message) => {
      const command = commandOf(message, joints);
      // Before the check of the order: the stamps of two senders mix.
      return { command, accepted: authority.accept(senderOf(message), session.clock.now()) };
    },
  });
  commands.stream$.subscribe(
    catchErrors(session.log, COMMAND_TOPIC, ({ value: { command, accepted }, ...times }) => {
      if (accepted) supervisor.acceptCommand({ value: command, ...times });
    }),
  );
  topics.set(COMMAND_TOPIC, commands);
  return topics;
}

/** Asks discovery for other publishers on the topics that this node alone, or one commander, may publish. */
function watchRivals(
  { node, clock, log, onClose }: RosSession,
  authority: CommandAuthority,
  outputs: readonly Output[],
  holdRunning: (reason: string) => void,
): void {
  const topics = outputs.filter(({ kind }) => kind === 'topic').map(({ name }) => name);
  const check = catchErrors(log, 'rivals', () => {
    const now = clock.now();
    const commander = authority.commander(now);
    authority.reportRivals(rivalsOf(node, { outputs: topics, commands: COMMAND_TOPIC, commander }), now);
    // A conflict from before the start.
    const conflict = authority.conflict(now);
    if (conflict !== undefined) holdRunning(conflict);
  });
  const timer = setInterval(check, RIVAL_CHECK_PERIOD_MS);
  onClose(() => clearInterval(timer));
}

function offerServices(session: RosSession, supervisor: SupervisorThread, authority: CommandAuthority): void {
  const { clock } = session;
  const request = (send: () => Promise<RequestResult>) => async () => {
    const result = await send();
    if (!result.ok) throw new Error(result.reason);
    return supervisor.state;
  };
  // While two nodes command the arm, neither moves it again.
  const withAuthority = (send: () => Promise<RequestResult>) =>
    request(async () => {
      const reason = authority.conflict(clock.now());
      return reason === undefined ? send() : { ok: false, reason };
    });
  offerTriggers(session, {
    start: withAuthority(() => supervisor.start()),
    hold: request(() => supervisor.hold('requested by a service')),
    stop: request(() => supervisor.protectiveStop('requested by a service')),
    emergency_stop: request(() => supervisor.emergencyStop('requested by a service')),
    reset: withAuthority(() => supervisor.reset()),
    tare: async () => {
      if (supervisor.state === 'running') throw new Error('the arm is running: stop it before its sensor is zeroed');
      await supervisor.tare();
      return 'the force/torque sensor is zeroed: nothing may touch the tool';
    },
  });
}

function addDiagnostics(
  { node, clock }: RosSession,
  diagnostics: Diagnostics,
  supervisor: SupervisorThread,
  topics: ReadonlyMap<string, TopicStatus>,
  outputs: readonly Output[],
): void {
  diagnostics.add(STATE_PART, (): Report => {
    const { state, stopCause, lastReport } = supervisor;
    if (isStop(state))
      return { level: ERROR, message: `${state}: ${stopCause?.message}`, values: { cause: stopCause?.cause ?? '' } };
    return {
      level: state === 'idle' ? WARN : OK,
      message: state === 'idle' ? 'idle: no joint state has been received' : state,
      values: lastReport ? { reported: lastReport.message } : {},
    };
  });
  let lateCount = 0;
  diagnostics.add(TIMING_PART, () => {
    const { timing } = supervisor;
    const late = timing.lateCount - lateCount;
    lateCount = timing.lateCount;
    return {
      level: late > 0 ? WARN : OK,
      message: late > 0 ? `${late} late ticks` : 'in time',
      values: figuresOf(supervisor),
    };
  });
  for (const [name, topic] of topics) {
    const rateHz = name === COMMAND_TOPIC ? 0 : SILENCE_RATE_HZ;
    const reporter = topicReport({ node, clock, topic, rateHz });
    diagnostics.add(name, () => (supervisor.needs(name) ? reporter() : asUnneeded(reporter())));
  }
  for (const output of outputs) {
    if (output.name === 'none') continue;
    diagnostics.add(output.name, () =>
      output.listeners > 0
        ? { level: OK, message: `${output.listeners} subscribers` }
        : { level: WARN, message: 'no controller subscribes' },
    );
  }
}

/** A stream that nothing needs is no error of the arm. */
const asUnneeded = (report: Report): Report =>
  report.level === OK ? report : { ...report, level: WARN, message: `${report.message}; nothing needs it` };

function commanderReport(authority: CommandAuthority, now: number): Report {
  const conflict = authority.conflict(now);
  if (conflict !== undefined) return { level: ERROR, message: conflict };
  const commander = authority.commander(now);
  return { level: OK, message: commander === undefined ? 'no node commands the arm' : nameOf(commander) };
}

function logEvent(log: RosSession['log'], { from, to, message, cause }: SafetyEvent): void {
  const line = `${from === to ? to : `${from} -> ${to}`}: ${message} (${cause})`;
  if (isStop(to) && from !== to) log.error(line);
  else log.info(line);
}

/** How late the supervisor's periods were, and how long their publication took. */
const figuresOf = ({ timing, longestPublishS }: SupervisorThread) => ({
  ticks: timing.count,
  'late ticks': timing.lateCount,
  'latest tick (ms)': (1000 * timing.longestDelayS).toFixed(1),
  'longest publish (ms)': (1000 * longestPublishS).toFixed(1),
});

function timingOf({ timing, longestPublishS }: SupervisorThread): string {
  const { count, lateCount, longestDelayS } = timing;
  const ms = (seconds: number): string => `${(1000 * seconds).toFixed(1)} ms`;
  return (
    `${count} ticks, ${lateCount} later than ${(1000 * LATE_TICK_S).toFixed(0)} ms, the latest by ${ms(longestDelayS)}; ` +
    `the longest publish took ${ms(longestPublishS)}`
  );
}

/** Runs the supervisor node until it is shut down. */
export const main = (): Promise<void> => runNode('supervisor_node', 'node', run);
