import type { BridgeTopic, ParameterValue, TriggerResponse } from '@praxis/wire/bridge';
import type { MessageBatch } from '../../threads/message-batch.ts';
import type { BridgeAddress, BridgeServerOptions } from '../server/bridge-server.ts';

/** What the thread of a bridge gets at its start. */
export interface BridgeThreadSetup extends Omit<BridgeServerOptions, 'hub' | 'onNote'> {
  readonly name: string;
  readonly address: BridgeAddress;
}

/** Values of parameters by their names. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** A world without its functions, which stay on the other side. */
export interface WorldDescription {
  readonly topics: readonly BridgeTopic[];
  /** Names. */
  readonly services: readonly string[];
  readonly parameters: readonly { readonly name: string; readonly isSettable: boolean }[];
  readonly inputs: readonly { readonly topic: string; readonly type: string }[];
  readonly values: ParameterValues;
}

/** What the world's side posts at a time. */
export interface PostedMessages {
  /** Messages, of which the channel is the topic's number in the world. Default: none. */
  readonly batch?: MessageBatch;
  /** Time of the world's clock after them (ns). Default: as before. */
  readonly time?: bigint;
  /** Counts in {@link BridgeProgress.taken}. */
  readonly weight: number;
}

/** What the thread has done since its last report. */
export interface BridgeProgress {
  /** Posts that were taken, and the sum of their weights. */
  readonly posts: number;
  readonly taken: number;
  readonly clients: number;
  /** Bytes that wait in the thread for clients to read. */
  readonly bufferedBytes: number;
}

/** The service of the thread that has hub and clients. */
export interface HubService {
  readonly methods: {
    publish(posted: PostedMessages): void;
    setWorld(world: WorldDescription): void;
    /** Parameters may have changed, which clients are told. */
    reportParameters(values: ParameterValues): void;
  };
  readonly events: {
    progress: BridgeProgress;
    note: string;
  };
  readonly info: { readonly url: string };
}

/** The service of the side that has the world, for the thread. */
export interface WorldService {
  readonly methods: {
    subscribersChanged(change: { readonly topic: string; readonly subscribers: number }): void;
    /** Values of now. */
    refresh(): ParameterValues;
    /** Calls a service by its name. */
    call(name: string): TriggerResponse;
    /** Sets a parameter. @returns the values afterwards; rejects with an InputError for a value that is refused */
    set(order: { readonly name: string; readonly value: unknown }): ParameterValues;
    /** Takes a message of a client. Rejects with an InputError for one that is refused */
    accept(order: { readonly topic: string; readonly message: object }): void;
  };
}
