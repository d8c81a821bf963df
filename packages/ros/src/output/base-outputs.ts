import { twistMessageOf } from '../robot/twist.ts';
import { type ControllerName, type ControllerTopic, controllerTopic } from './controller-topic.ts';
import { type Output, TICKS_PER_MESSAGE, TopicOutput, type TopicOutputOptions } from './output.ts';

/** Topic of the commands to a driven base. */
export const CMD_VEL_TOPIC = 'cmd_vel';

/** Options of {@link baseOutput}. */
export interface BaseOutputOptions extends TopicOutputOptions {
  /** Name of the controller, which its topic begins with; empty: the topic is `cmd_vel` itself. */
  readonly controllerName: ControllerName;
  /** Elements of the base's command. */
  readonly names: readonly string[];
  /** Link that moves, in whose axes the twist is. */
  readonly link: string;
  /** Type of the messages: `geometry_msgs/TwistStamped` or `geometry_msgs/Twist`. */
  readonly twists: 'stamped' | 'unstamped';
}

/** Types of the commands to a driven base. */
const TYPES = { stamped: 'geometry_msgs/msg/TwistStamped', unstamped: 'geometry_msgs/msg/Twist' } as const;

/** The topic of a driven base's controller. @throws {InputError} when the controller's name is not valid */
export const baseTopic = (controllerName: ControllerName, twists: BaseOutputOptions['twists']): ControllerTopic => ({
  topic:
    controllerName.name === ''
      ? `${controllerName.namespace ?? ''}${CMD_VEL_TOPIC}`
      : controllerTopic(controllerName, 'diff_drive_controller', CMD_VEL_TOPIC),
  type: TYPES[twists],
});

/** Makes the output of a driven base, at 100 Hz. @throws {InputError} when the controller's name is not valid */
export function baseOutput(options: BaseOutputOptions): Output {
  const { controllerName, names, link, twists } = options;
  const { topic } = baseTopic(controllerName, twists);
  if (twists === 'unstamped') {
    const write = ({ position }: Parameters<Output['send']>[0]) => twistMessageOf(position, names);
    return new TopicOutput(options, TYPES.unstamped, topic, write, TICKS_PER_MESSAGE);
  }
  return new TopicOutput(
    options,
    TYPES.stamped,
    topic,
    ({ position }, { stamp }) => ({ header: { stamp, frame_id: link }, twist: twistMessageOf(position, names) }),
    TICKS_PER_MESSAGE,
  );
}
