import type { EndpointInfo, RclNode } from '../../rcl/types.ts';

/** What {@link rivalsOf} looks at. */
export interface RivalTopics {
  /** Topics of the controllers, on which this node alone may publish. */
  readonly outputs: readonly string[];
  /** Topics of the commands. */
  readonly commands: readonly string[];
  /** Sender that commands the robot; empty when it does not say its name, undefined when none commands. */
  readonly commander: string | undefined;
}

/**
 * Finds the publishers that discovery knows and that compete with this node or with the commander, as one line: another one on
 * a topic of a controller, or several on the topic of the commands while the commander does not say its name, since their
 * commands cannot be told apart.
 * @returns undefined when there is none
 */
export function rivalsOf(node: RclNode, { outputs, commands, commander }: RivalTopics): string | undefined {
  for (const output of outputs) {
    const topic = node.resolveTopicName(output);
    const others = publishersOf(node, topic);
    const own = others.indexOf(node.getFullyQualifiedName());
    if (own >= 0) others.splice(own, 1);
    if (others.length > 0) return `the supervisor is not the only publisher of ${topic}: ${others.join(', ')}`;
  }
  if (commander !== '') return undefined;
  for (const each of commands) {
    const topic = node.resolveTopicName(each);
    const publishers = publishersOf(node, topic);
    if (publishers.length > 1)
      return `${publishers.length} nodes publish ${topic}, and the one that commands does not say its name in frame_id: ${publishers.join(', ')}`;
  }
  return undefined;
}

const publishersOf = (node: RclNode, topic: string): string[] =>
  node.getPublishersInfoByTopic(topic, false).map(fullNameOf);

/** Full name of the node of a publisher or subscription. */
export const fullNameOf = ({ node_namespace: namespace, node_name: name }: EndpointInfo): string =>
  `${namespace === '/' ? '' : namespace}/${name}`;
