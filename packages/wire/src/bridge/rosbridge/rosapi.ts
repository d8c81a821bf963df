import type { MessageDefinition } from '@foxglove/message-definition';
import { InputError } from '@praxis/core';
import { definitionsOf } from '../../definitions/definitions.ts';
import { schemaText } from '../../mcap/schema-text.ts';
import { timeOfNanoseconds } from '../../values/time.ts';
import { type BridgeHub, fullType } from '../hub/bridge-hub.ts';
import { after, type Done } from '../hub/frame-queue.ts';
import { asText, type JsonObject, textIn } from '../hub/operation.ts';
import { TRIGGER_RESPONSE, TRIGGER_TYPE } from '../hub/world.ts';

/** Name of the one node that has every topic and service. */
const NODE = '/praxis';

type Answer = (hub: BridgeHub, args: JsonObject) => Done<JsonObject>;

/** The services of rosapi that roslib and Foxglove call, by their names below `/rosapi`. */
const SERVICES: Readonly<Record<string, Answer>> = {
  topics: (hub) => typesOf(hub),
  topics_and_raw_types: (hub) => {
    const { topics, types } = typesOf(hub);
    return { topics, types, typedefs_full_text: types.map(schemaText) };
  },
  topics_for_type: (hub, args) => {
    const type = fullType(textIn(args, 'type'));
    return { topics: hub.topics.filter((each) => each.type === type).map(({ topic }) => topic) };
  },
  topic_type: (hub, args) => ({ type: typeOfTopic(hub, textIn(args, 'topic')) }),
  publishers: (hub, args) => ({ publishers: hub.topic(textIn(args, 'topic')) ? [NODE] : [] }),
  subscribers: (hub, args) => {
    const topic = textIn(args, 'topic');
    return { subscribers: hub.inputs.some((each) => each.topic === topic) ? [NODE] : [] };
  },
  services: (hub) => ({ services: serviceNames(hub) }),
  services_for_type: (hub, args) => ({
    services: textIn(args, 'type') === TRIGGER_TYPE ? hub.services.map(({ name }) => name) : [],
  }),
  service_type: (hub, args) => ({ type: typeOfService(hub, textIn(args, 'service')) }),
  service_node: (hub, args) => ({ node: serviceNames(hub).includes(textIn(args, 'service')) ? NODE : '' }),
  nodes: () => ({ nodes: [NODE] }),
  node_details: (hub) => ({
    subscribing: hub.inputs.map(({ topic }) => topic),
    publishing: hub.topics.map(({ topic }) => topic),
    services: serviceNames(hub),
  }),
  action_servers: () => ({ action_servers: [] }),
  message_details: (_hub, args) => ({ typedefs: definitionsOf(fullType(textIn(args, 'type'))).map(typeDefinition) }),
  service_request_details: (_hub, args) => ({ typedefs: [triggerDetails(args, 'Request')] }),
  service_response_details: (_hub, args) => ({ typedefs: [triggerDetails(args, 'Response')] }),
  get_param_names: (hub) => ({ names: hub.parameters.map(({ name }) => name) }),
  has_param: (hub, args) => ({ exists: hub.parameter(parameterName(args)) !== undefined }),
  get_param: (hub, args) => {
    const value = hub.parameter(parameterName(args));
    // Values travel as JSON text.
    return value === undefined
      ? { value: String(args.default_value ?? args.default ?? '') }
      : { value: JSON.stringify(value) };
  },
  set_param: (hub, args) =>
    after(hub.setParameter(parameterName(args), parsed(asText('value', args.value))), () => ({})),
  get_time: (hub) => ({ time: timeOfNanoseconds(hub.lastTime ?? 0n) }),
};

const PREFIX = '/rosapi/';

/** Names of all services: those of the world, and those of rosapi. */
const serviceNames = (hub: BridgeHub): readonly string[] => [
  ...hub.services.map(({ name }) => name),
  ...Object.keys(SERVICES).map((name) => PREFIX + name),
];

/** The service of rosapi of a name, which describes topics, services and parameters; undefined if there is none. */
function rosapiService(name: string): Answer | undefined {
  const own = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : '';
  return Object.hasOwn(SERVICES, own) ? SERVICES[own] : undefined;
}

/**
 * Answers a service of rosapi with what holds now.
 * @returns the answer; undefined for a service that is none of rosapi
 * @throws {InputError}, or rejects with it, for arguments that are missing or name what is unknown
 */
export function callRosapi(hub: BridgeHub, service: string, args: JsonObject): Done<JsonObject> | undefined {
  const answer = rosapiService(service);
  return answer && after(hub.refresh(), () => answer(hub, args));
}

/** Topics that can be subscribed or published, with their types. */
function typesOf(hub: BridgeHub): { readonly topics: readonly string[]; readonly types: readonly string[] } {
  const inputs = hub.inputs.filter(({ topic }) => !hub.topic(topic));
  const all = [...hub.topics, ...inputs];
  return { topics: all.map(({ topic }) => topic), types: all.map(({ type }) => type) };
}

const typeOfTopic = (hub: BridgeHub, topic: string): string => {
  const { topics, types } = typesOf(hub);
  return types[topics.indexOf(topic)] ?? '';
};

function typeOfService(hub: BridgeHub, service: string): string {
  if (hub.services.some(({ name }) => name === service)) return TRIGGER_TYPE;
  if (!serviceNames(hub).includes(service)) return '';
  const words = service.slice(PREFIX.length).split('_');
  return `rosapi_msgs/srv/${words.map((word) => word[0].toUpperCase() + word.slice(1)).join('')}`;
}

/** The name of a parameter. ROS 2 has `NODE:NAME`. */
const parameterName = (args: JsonObject): string => {
  const name = textIn(args, 'name');
  return name.slice(name.indexOf(':') + 1);
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Fields of a message as `rosapi_msgs/TypeDef` has them; `fieldarraylen` is -1 for no array and 0 for one of any length. */
function typeDefinition({ name = '', definitions }: MessageDefinition): JsonObject {
  const fields = definitions.filter(({ isConstant }) => !isConstant);
  const constants = definitions.filter(({ isConstant }) => isConstant);
  return {
    type: name,
    fieldnames: fields.map((field) => field.name),
    fieldtypes: fields.map((field) => field.type),
    fieldarraylen: fields.map((field) => (field.isArray ? (field.arrayLength ?? 0) : -1)),
    examples: fields.map((field) => (field.isArray ? '[]' : field.isComplex ? '{}' : '')),
    constnames: constants.map((field) => field.name),
    constvalues: constants.map((field) => String(field.value)),
  };
}

function triggerDetails(args: JsonObject, part: 'Request' | 'Response'): JsonObject {
  const type = textIn(args, 'type');
  if (type !== TRIGGER_TYPE) throw new InputError(`service type ${type}: expected ${TRIGGER_TYPE}`);
  return typeDefinition(part === 'Response' ? TRIGGER_RESPONSE : { name: `${TRIGGER_TYPE}_Request`, definitions: [] });
}
