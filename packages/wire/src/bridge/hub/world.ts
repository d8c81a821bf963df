import type { MessageDefinition } from '@foxglove/message-definition';
import { parse } from '@foxglove/rosmsg';
import type { McapChannel } from '../../mcap/channel.ts';

/** A topic that clients may subscribe to; its type and metadata are those of a recording. */
export interface BridgeTopic extends McapChannel {
  /** `newest`: a slow client gets the newest message; `each`: it gets up to {@link EVENTS_KEPT}. Default: newest. */
  readonly keep?: 'newest' | 'each';
  /** `latched`: a new subscriber gets the last message at once. Default: it waits for the next one. */
  readonly history?: 'latched';
}

/** Events of one topic that wait for a slow client; older ones are left out. */
export const EVENTS_KEPT = 100;

/** Answer of a service of type `std_srvs/srv/Trigger`. */
export interface TriggerResponse {
  readonly success: boolean;
  readonly message: string;
}

/** A service of type `std_srvs/srv/Trigger`. */
export interface BridgeService {
  /** Name with a leading `/`. */
  readonly name: string;
  call(): TriggerResponse | Promise<TriggerResponse>;
}

/** A value of a parameter. */
export type ParameterValue = number | boolean | string | readonly (number | boolean | string)[];

/** A parameter that clients read, and set if it can be set. */
export interface BridgeParameter {
  readonly name: string;
  get(): ParameterValue;
  /** @throws {InputError} for a value that is refused. Default: the parameter is read only */
  set?(value: unknown): void | Promise<void>;
}

/** A topic that clients may publish. */
export interface BridgeInput {
  /** Name with a leading `/`. */
  readonly topic: string;
  /** Message type, as `package/msg/Name`. */
  readonly type: string;
  /** Takes a decoded message of the type. @throws {InputError} for one that is refused */
  accept(message: object): void | Promise<void>;
}

/** What a running world shows and takes. */
export interface BridgeWorld {
  readonly topics: readonly BridgeTopic[];
  readonly services: readonly BridgeService[];
  readonly parameters: readonly BridgeParameter[];
  readonly inputs: readonly BridgeInput[];
}

/** Type of every service of a world. */
export const TRIGGER_TYPE = 'std_srvs/srv/Trigger';

/** Fields of the response of `std_srvs/srv/Trigger`; its request has none. */
export const TRIGGER_RESPONSE_FIELDS = 'bool success\nstring message';

/** {@link TRIGGER_RESPONSE_FIELDS}, parsed. */
export const TRIGGER_RESPONSE: MessageDefinition = {
  ...parse(TRIGGER_RESPONSE_FIELDS, { ros2: true })[0],
  name: `${TRIGGER_TYPE}_Response`,
};
