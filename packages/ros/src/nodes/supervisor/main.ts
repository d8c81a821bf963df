import { isStop, type SafetyEvent } from '@praxis/safety';
import { Diagnostics, ERROR, OK, type Report, WARN } from '../../diagnostics/diagnostics.ts';
import { topicReport } from '../../diagnostics/topic-report.ts';
import type { Output } from '../../output/arm-outputs.ts';
import { armOutput } from '../../output/arm-outputs.ts';
import { gripperOutput } from '../../output/gripper-outputs.ts';
import { catchErrors } from '../../rcl/catch-errors.ts';
import { declareParameters } from '../../rcl/parameters.ts';
import { type RosSession, runNode } from '../../rcl/session.ts';
import { everyPeriod } from '../../rcl/ticker.ts';
import { offerTriggers } from '../../rcl/triggers.ts';
import { COMMAND_TOPIC, CONTROL_PERIOD_S, commandOf } from '../../robot/command-topic.ts';
import { describeRobot, type RobotDescription } from '../../robot/description.ts';
import { HEARTBEAT_TOPIC, HEARTBEAT_TYPE, POWER_TOPIC, queueOf } from '../../robot/node-topics.ts';
import { descriptionOf } from '../../robot/parameters.ts';
import { openTopic } from '../../robot/stream-topics.ts';
import { publish, publishText, subscribe } from '../../streams/session-topics.ts';
import type { TopicStatus } from '../../streams/topic.ts';
import { SUPERVISOR_PARAMETERS } from './parameters.ts';
import { safetyConfigOf } from './safety-config.ts';
import { SupervisorRunner } from './supervisor-runner.ts';

/** Name of the diagnostics part for the supervisor's state. */
const STATE_PART = 'state';
/** Rate (Hz) that sets the silence limit of every sensor in the diagnostics: half a second without a message. */
const SILENCE_RATE_HZ = 10;
/** Longest time (ms) of a stop during shutdown. */
const STOP_TIMEOUT_MS = 1500;

/** Runs the supervisor between the control loop and the arm's controllers, in a process of its own. */
function run(session: RosSession): void {
  const { rcl, node, clock, log } = session;
  const parameters = declareParameters(rcl, node, SUPERVISOR_PARAMETERS);
  const description = descriptionOf(parameters);
  const robot = describeRobot(description);
  const config = safetyConfigOf(parameters.safety_config);
  const { joints, baseFrame } = description;
  const outputs = [
    armOutput(parameters.controller, { rcl, node, joints, kinematics: robot.kinematics, baseFrame }),
    gripperOutput(parameters.gripper, rcl, node, parameters.gripper_effort),
  ];
  const power = publish(session, 'std_msgs/msg/Bool', POWER_TOPIC, 'latched');
  const state = publishText(session, '~/state', 'latched');
  const events = publishText(session, '~/event', 'published');
  const runner = new SupervisorRunner({
    description,
    robot,
    config,
    clock,
    outputs,
    cameras: parameters.watch_cameras,
    onPower: (data) => power.publish({ data }),
  });
  const { supervisor } = runner;
  const diagnostics = new Diagnostics(session);
  const topics = subscribeStreams(session, runner, description);
  state.publish({ data: supervisor.state });
  supervisor.events$.subscribe((event) => {
    if (event.from !== event.to) state.publish({ data: event.to });
    events.publish({ data: JSON.stringify(event) });
    logEvent(log, event);
    diagnostics.publish([STATE_PART]);
  });
  let started = !parameters.auto_start;
  let heartbeatReceived = false;
  const heartbeat = subscribe(session, {
    type: HEARTBEAT_TYPE,
    topic: HEARTBEAT_TOPIC,
    qos: 'event',
    read: queueOf,
  });
  heartbeat.stream$.subscribe(({ value: queue, received }) => {
    heartbeatReceived = true;
    supervisor.beat('policy', received);
    if (queue !== 'unknown') supervisor.reportQueue(queue, received);
  });
  const stopTicking = everyPeriod(
    () => clock.now(),
    CONTROL_PERIOD_S,
    catchErrors(log, 'supervisor', (due: number, newest: boolean) => {
      runner.tick(due, newest);
      if (started || !heartbeatReceived || supervisor.state !== 'ready') return;
      started = supervisor.start(clock.now()).ok;
    }),
  );
  offerServices(session, runner);
  addDiagnostics(session, diagnostics, runner, topics, outputs);
  session.onClose(() => {
    stopTicking();
    for (const topic of topics.values()) topic.close();
    for (const output of outputs) output.close();
    supervisor.close();
  });
  session.onClose(() => stopArm(session, runner));
  log.info(
    `supervises ${joints.length} joints of ${robot.model.name}: ${COMMAND_TOPIC} -> ${outputs.map(({ name }) => name).join(', ')}`,
  );
}

/** Subscribes to the streams and to the commands. @returns topics by stream name, commands under their topic's name */
function subscribeStreams(
  session: RosSession,
  runner: SupervisorRunner,
  { joints, imageTransport, gripperStates }: RobotDescription,
): ReadonlyMap<string, TopicStatus> {
  const { supervisor, streams } = runner;
  const topics = new Map<string, TopicStatus>();
  for (const spec of streams) {
    const topic = openTopic({ ...session, imageTransport, gripperStates }, spec);
    topic.stream$.subscribe((sample) => supervisor.acceptSample(spec.name, sample, sample.received));
    topics.set(spec.name, topic);
  }
  const commands = subscribe(session, {
    type: 'trajectory_msgs/msg/JointTrajectory',
    topic: COMMAND_TOPIC,
    qos: 'command',
    read: (message) => commandOf(message, joints),
  });
  commands.stream$.subscribe((command) => runner.acceptCommand(command));
  topics.set(COMMAND_TOPIC, commands);
  return topics;
}

function offerServices(session: RosSession, { supervisor }: SupervisorRunner): void {
  const { clock } = session;
  const request = (send: (now: number) => { ok: boolean; reason?: string }) => () => {
    const { ok, reason } = send(clock.now());
    if (!ok) throw new Error(reason);
    return supervisor.state;
  };
  offerTriggers(session, {
    start: request((now) => supervisor.start(now)),
    hold: request((now) => supervisor.hold(now, 'requested by a service')),
    stop: request((now) => supervisor.protectiveStop(now, 'requested by a service')),
    emergency_stop: request((now) => supervisor.emergencyStop(now, 'requested by a service')),
    reset: request((now) => supervisor.reset(now)),
    tare: () => {
      if (supervisor.state === 'running') throw new Error('the arm is running: stop it before its sensor is zeroed');
      supervisor.tare();
      return 'the force/torque sensor is zeroed: nothing may touch the tool';
    },
  });
}

function addDiagnostics(
  { node, clock }: RosSession,
  diagnostics: Diagnostics,
  { supervisor }: SupervisorRunner,
  topics: ReadonlyMap<string, TopicStatus>,
  outputs: readonly Output[],
): void {
  diagnostics.add(STATE_PART, (): Report => {
    const { state, log } = supervisor;
    const last = log.findLast(({ from, to }) => from !== to);
    if (isStop(state))
      return { level: ERROR, message: `${state}: ${last?.message}`, values: { cause: last?.cause ?? '' } };
    return {
      level: state === 'idle' ? WARN : OK,
      message: state === 'idle' ? 'idle: no joint state has been received' : state,
    };
  });
  for (const [name, topic] of topics) {
    const rateHz = name === COMMAND_TOPIC ? 0 : SILENCE_RATE_HZ;
    diagnostics.add(name, topicReport({ node, clock, topic, rateHz }));
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

function logEvent(log: RosSession['log'], { from, to, message, cause }: SafetyEvent): void {
  const line = `${from === to ? to : `${from} -> ${to}`}: ${message} (${cause})`;
  if (isStop(to) && from !== to) log.error(line);
  else log.info(line);
}

/** Stops the arm under control before the node shuts down. */
async function stopArm({ clock }: RosSession, { supervisor }: SupervisorRunner): Promise<void> {
  if (supervisor.state === 'idle') return;
  const wasStandingStill = supervisor.state === 'ready';
  supervisor.protectiveStop(clock.now(), 'the supervisor shuts down');
  if (wasStandingStill) return;
  const isPoweredOff = (): boolean => supervisor.log.some(({ cause }) => cause === 'power_off');
  for (let waited = 0; waited < STOP_TIMEOUT_MS && !isPoweredOff(); waited += 20)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Runs the supervisor node until it is shut down. */
export const main = (): Promise<void> => runNode('supervisor_node', 'node', run);
