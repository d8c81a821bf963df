import { firstLine, InputError } from '@praxis/core';
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

/** Records the topics of a robot and of the nodes of Praxis as MCAP. */
async function run(session: RosSession): Promise<void> {
  const { rcl, node, clock, stampClock, log } = session;
  const values = declareParameters(rcl, node, RECORD_PARAMETERS);
  const robot = await openRecordedRobot(session, values);
  const { registry } = await openProject(values);
  const own = ownTopicsOf(registry.modalities.values);
  const topics = praxisTopics(session, { robot, own, values });
  const named = namedTopics(values.topics);
  const findTopics = async (): Promise<readonly DefinedTopic[]> =>
    installedTopics(session, await withNamedTopics(node, topics, named), topics);
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
  });
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
  new Diagnostics(session).add('recording', () => recorder.report());
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

/**
 * The topics whose types ROS 2 has, with their definitions. A topic of Praxis whose type is not installed is left out, with a line in the log.
 * @param praxis topics of Praxis; the others are those that the user named
 * @throws {InputError} for a named topic whose type is not known
 */
function installedTopics(
  { node, rcl, log }: RosSession,
  topics: readonly RecordedTopic[],
  praxis: readonly RecordedTopic[],
): readonly DefinedTopic[] {
  const ofPraxis = new Set(praxis.map(({ topic }) => node.resolveTopicName(topic)));
  return topics.flatMap((topic) => {
    try {
      rcl.require(topic.type);
    } catch (cause) {
      const reason = `its type ${topic.type} is not installed or not built in (${firstLine(cause)})`;
      if (!ofPraxis.has(topic.topic)) {
        throw new InputError(
          `parameter topics: ${topic.topic}: ${reason}: install its package and run "npm run ros" again`,
          { cause },
        );
      }
      log.info(`${topic.topic} is not recorded: ${reason}`);
      return [];
    }
    return [{ ...topic, schema: typeSchema(topic.type) }];
  });
}

/** Runs the recording node until it is shut down. */
export const main = (): Promise<void> => runNode('record_node', 'node', run);
