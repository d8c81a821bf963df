import { isStop, type RequestResult, type SafetyEvent, type SafetyState } from '@praxis/safety';
import { Diagnostics } from '../../diagnostics/diagnostics.ts';
import { type GroupOutputs, groupOutputs } from '../../output/group-outputs.ts';
import type { Output } from '../../output/output.ts';
import { catchErrors } from '../../rcl/catch-errors.ts';
import { declareParameters } from '../../rcl/parameters.ts';
import { REAL_TIME_PRIORITY, requestRealTime, setUpRealTime } from '../../rcl/real-time.ts';
import { type RosSession, runNode } from '../../rcl/session.ts';
import { offerTriggers } from '../../rcl/triggers.ts';
import { type NodeRobot, namespaceOf, openRobot } from '../../robot/node-robot.ts';
import { HEARTBEAT_TOPIC, HEARTBEAT_TYPE, POWER_TOPIC, queueOf, readsOf } from '../../robot/node-topics.ts';
import { publish, publishText, subscribe } from '../../streams/session-topics.ts';
import { CommandAuthority } from './command-authority.ts';
import { groupSetups } from './group-setup.ts';
import { SUPERVISOR_PARAMETERS } from './parameters.ts';
import { addDiagnostics, STATE_PART, timingOf } from './reports.ts';
import { rivalsOf } from './rivals.ts';
import { safetyConfigs } from './safety-config.ts';
import { startNotes } from './start-notes.ts';
import { commandTopics, subscribeStreams } from './subscriptions.ts';
import { monitoredStreams } from './supervisor-runner.ts';
import { SupervisorThread } from './supervisor-thread.ts';

/** Period (ms) of the look for other publishers. */
const RIVAL_CHECK_PERIOD_MS = 200;

/**
 * Runs the supervisors between the control loop and the robot's controllers, in a process of their own. This thread receives and
 * publishes; the supervisors tick in a thread that the middleware cannot block.
 */
async function run(session: RosSession): Promise<void> {
  const { rcl, node, stampClock, log } = session;
  const parameters = declareParameters(rcl, node, SUPERVISOR_PARAMETERS);
  const robot = await openRobot(session, parameters);
  const configs = safetyConfigs(parameters.safety_config, robot.folder?.choice);
  const outputs = groupOutputs(session, robot, parameters);
  const powers = powerPublishers(session, robot);
  const state = publishText(session, '~/state', 'latched');
  const events = publishText(session, '~/event', 'published');
  const diagnostics = new Diagnostics(session);
  const streams = monitoredStreams(robot.spec, parameters.watch_cameras);
  const groups = groupSetups(robot, configs, streams);
  for (const line of startNotes({ robot, groups, safetyConfig: parameters.safety_config, streams })) log.warn(line);
  let publishedState: SafetyState = 'idle';
  const publishState = (now: SafetyState): void => {
    publishedState = now;
    state.publish({ data: now });
  };
  const supervisor = await SupervisorThread.start({
    model: robot.model,
    groups,
    autoStart: parameters.auto_start,
    streams,
    outputs,
    stampClock,
    log,
    onPower: catchErrors(log, POWER_TOPIC, (group, data) => powers.get(group)?.publish({ data })),
    onEvent: catchErrors(log, 'event of the supervisor', (event, now) => {
      logEvent(log, event);
      if (now !== publishedState) publishState(now);
      events.publish({ data: JSON.stringify(event) });
      diagnostics.publish([STATE_PART]);
    }),
    onDead: (reason) => {
      for (const power of powers.values()) power.publish({ data: false });
      void session.fail(`${reason}: the brakes close`, 1);
    },
  });
  if (setUpRealTime(log, parameters.realtime, REAL_TIME_PRIORITY.supervisor) === 'granted')
    requestRealTime(supervisor.threadId, REAL_TIME_PRIORITY.supervisorThread, 'thread');
  publishState(supervisor.state);
  const holdRunning = (reason: string): void => {
    if (supervisor.state === 'running') void supervisor.hold(reason);
  };
  const authority = new CommandAuthority(holdRunning);
  watchRivals(session, authority, { robot, outputs, holdRunning });
  const topics = subscribeStreams(session, { supervisor, authority, streams, robot });
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
  const commands = commandTopics(robot);
  addDiagnostics(session, diagnostics, { supervisor, topics, outputs: allOf(outputs), commands, authority });
  session.onClose(() => {
    for (const topic of topics.values()) topic.close();
    for (const output of allOf(outputs)) output.close();
  });
  session.onClose(async () => {
    log.info(timingOf(supervisor));
    await supervisor.close();
  });
  for (const line of purposes(robot, outputs)) log.info(line);
}

const allOf = (groups: readonly GroupOutputs[]): readonly Output[] => groups.flatMap(({ outputs }) => outputs);

/** Publishers of the power of each command group. */
const powerPublishers = (session: RosSession, robot: NodeRobot) =>
  new Map(
    [...robot.arms, ...robot.bases].map(({ name }) => {
      const topic = `${namespaceOf(name, robot)}${POWER_TOPIC}`;
      return [name, publish(session, 'std_msgs/msg/Bool', topic, 'latched')] as const;
    }),
  );

/** What the node does with each command group, one line each. */
const purposes = (robot: NodeRobot, outputs: readonly GroupOutputs[]): readonly string[] => {
  const { name: robotName } = robot.spec;
  const topics = commandTopics(robot);
  const several = outputs.length > 1;
  return outputs.map(({ group, outputs: own }, i) => {
    const arm = robot.arms.find(({ name }) => name === group);
    const what = arm ? `${arm.joints.length} joints of ${robotName}` : `the driven base of ${robotName}`;
    return `supervises ${what}${several ? `, ${group}` : ''}: ${topics[i]} -> ${own.map(({ name }) => name).join(', ')}`;
  });
};

/** What the look for other publishers needs. */
interface RivalWatch {
  readonly robot: NodeRobot;
  readonly outputs: readonly GroupOutputs[];
  readonly holdRunning: (reason: string) => void;
}

/** Asks discovery for other publishers on the topics that this node alone, or one commander, may publish. */
function watchRivals(
  { node, clock, log, onClose }: RosSession,
  authority: CommandAuthority,
  { robot, outputs, holdRunning }: RivalWatch,
): void {
  const commands = commandTopics(robot);
  const topics = allOf(outputs)
    .filter(({ kind }) => kind === 'topic')
    .map(({ name }) => name);
  const check = catchErrors(log, 'rivals', () => {
    const now = clock.now();
    const commander = authority.commander(now);
    authority.reportRivals(rivalsOf(node, { outputs: topics, commands, commander }), now);
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

function logEvent(log: RosSession['log'], { from, to, message, cause }: SafetyEvent): void {
  const line = `${from === to ? to : `${from} -> ${to}`}: ${message} (${cause})`;
  if (isStop(to) && from !== to) log.error(line);
  else log.info(line);
}

/** Runs the supervisor node until it is shut down. */
export const main = (): Promise<void> => runNode('supervisor_node', 'node', run);
