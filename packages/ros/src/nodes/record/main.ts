import { InputError } from '@praxis/core';
import { SAFETY_STATES, type SafetyState } from '@praxis/safety';
import { Diagnostics } from '../../diagnostics/diagnostics.ts';
import { openProject } from '../../project/project.ts';
import { catchErrors } from '../../rcl/catch-errors.ts';
import { declareParameters } from '../../rcl/parameters.ts';
import { type RosSession, runNode } from '../../rcl/session.ts';
import { SYSTEM_STAMPS } from '../../rcl/stamp-clock.ts';
import { offerTriggers } from '../../rcl/triggers.ts';
import { ownTopicsOf } from '../../robot/own-topics.ts';
import { subscribeText } from '../../streams/session-topics.ts';
import { namedTopics, withNamedTopics } from './named-topics.ts';
import { NodeRecorder } from './node-recorder.ts';
import { RECORD_PARAMETERS } from './parameters.ts';
import { openRecordedRobot } from './robot.ts';
import { typeSchema } from './schemas.ts';
import type { DefinedTopic } from './topic-recorder.ts';
import { praxisTopics, type RecordedTopic } from './topics.ts';

/** Messages are handed to the thread that writes them at least so often (ms). */
const TICK_PERIOD_MS = 10;

/** Name of the diagnostics part for the recording. */
const RECORDING_PART = 'recording';

/** Records the topics of a robot and of the nodes of Praxis as MCAP. */
async function run(session: RosSession): Promise<void> {
  const { rcl, node, clock, stampClock, log } = session;
  const values = declareParameters(rcl, node, RECORD_PARAMETERS);
  const robot = await openRecordedRobot(session, values);
  const { registry } = await openProject(values);
  const own = ownTopicsOf(registry.modalities.values);
  const named = namedTopics(values.topics);
  const topics = installedTopics(session, praxisTopics(session, { robot, own, values }));
  const findTopics = async (): Promise<readonly DefinedTopic[]> =>
    (await withNamedTopics(node, topics, named)).map((topic) => defined(session, topic));
  const diagnostics = new Diagnostics(session);
  const recorder = new NodeRecorder({
    ...{ rcl, node, clock, stampClock, findTopics },
    ...{ output: values.output, robot: robot.name },
    facts: {
      ...robot.facts,
      clock: stampClock === SYSTEM_STAMPS ? 'system' : '/clock',
      ros_distro: process.env.ROS_DISTRO ?? '',
    },
    keepS: values.keep > 0 ? values.keep : undefined,
    retainDays: values.retain_days > 0 ? values.retain_days : undefined,
    // Which logs it.
    onFault: () => diagnostics.publish([RECORDING_PART]),
  });
  diagnostics.add(RECORDING_PART, () => recorder.report());
  const timer = setInterval(
    catchErrors(log, 'recording', () => recorder.tick()),
    TICK_PERIOD_MS,
  );
  session.onClose(async () => {
    clearInterval(timer);
    await recorder.close();
  });
  if (values.keep > 0) {
    subscribeText(
      session,
      `${values.supervisor}/state`,
      (state) => {
        if (isSafetyState(state)) recorder.observeState(state);
      },
      'latched',
    );
  }
  if (values.auto_start) log.info(await recorder.start());
  offerTriggers(session, {
    start: logged(session, () => recorder.start()),
    stop: logged(session, () => recorder.stop()),
    save: logged(session, () => recorder.save('requested by a service')),
  });
  if (!values.auto_start) log.info('waits for ~/start');
}

const isSafetyState = (text: string): text is SafetyState => (SAFETY_STATES as readonly string[]).includes(text);

/** A request that also leaves its answer in the log. */
const logged =
  ({ log }: RosSession, request: () => Promise<string>) =>
  async (): Promise<string> => {
    const answer = await request();
    log.info(answer);
    return answer;
  };

/** Whether the client library has a message type. */
function hasType({ rcl }: RosSession, type: string): boolean {
  try {
    rcl.require(type);
    return true;
  } catch {
    return false;
  }
}

/** The topics whose types are installed; a line in the log says which are not. */
const installedTopics = (session: RosSession, topics: readonly RecordedTopic[]): readonly RecordedTopic[] =>
  topics.filter(({ topic, type }) => {
    const has = hasType(session, type);
    if (!has) session.log.info(`${topic} is not recorded: ${type} is not installed`);
    return has;
  });

/**
 * Adds the definition of its type to a topic.
 * @throws {InputError} when the type is not known, as may be for a topic that the user named
 */
function defined(session: RosSession, recorded: RecordedTopic): DefinedTopic {
  const { topic, type } = recorded;
  if (!hasType(session, type)) {
    throw new InputError(
      `parameter topics: ${topic}: ${type} is not installed: install its package and run "npm run ros" again`,
    );
  }
  return { ...recorded, schema: typeSchema(type) };
}

/** Runs the recording node until it is shut down. */
export const main = (): Promise<void> => runNode('record_node', 'node', run);
