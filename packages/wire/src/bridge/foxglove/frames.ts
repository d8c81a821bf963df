import { MessageError } from '../../messages/messages.ts';

/** First bytes of binary frames of the server. */
const SERVER = { messageData: 1, time: 2, serviceCallResponse: 3 } as const;
/** First bytes of binary frames of the client. */
const CLIENT = { messageData: 1, serviceCallRequest: 2 } as const;

const utf8 = new TextEncoder();

/** A message of a subscribed topic: opcode, subscription, time of receipt (ns), and the message. */
export function messageDataFrame(subscription: number, logTime: bigint, data: Uint8Array): Uint8Array {
  const frame = new Uint8Array(13 + data.length);
  const view = new DataView(frame.buffer);
  view.setUint8(0, SERVER.messageData);
  view.setUint32(1, subscription, true);
  view.setBigUint64(5, logTime, true);
  frame.set(data, 13);
  return frame;
}

/** The time of the world's clock (ns). */
export function timeFrame(time: bigint): Uint8Array {
  const frame = new Uint8Array(9);
  const view = new DataView(frame.buffer);
  view.setUint8(0, SERVER.time);
  view.setBigUint64(1, time, true);
  return frame;
}

/** A call of a service, or the answer to one. */
export interface ServiceCall {
  readonly serviceId: number;
  readonly callId: number;
  /** Encoding of the payload, such as `cdr`. */
  readonly encoding: string;
  readonly payload: Uint8Array;
}

/** The answer to the call of a service. */
export function serviceCallResponseFrame({ serviceId, callId, encoding, payload }: ServiceCall): Uint8Array {
  const name = utf8.encode(encoding);
  const frame = new Uint8Array(13 + name.length + payload.length);
  const view = new DataView(frame.buffer);
  view.setUint8(0, SERVER.serviceCallResponse);
  view.setUint32(1, serviceId, true);
  view.setUint32(5, callId, true);
  view.setUint32(9, name.length, true);
  frame.set(name, 13);
  frame.set(payload, 13 + name.length);
  return frame;
}

/** A binary frame of a client. */
export type ClientFrame =
  | { readonly kind: 'message'; readonly channelId: number; readonly payload: Uint8Array }
  | ({ readonly kind: 'call' } & ServiceCall);

/** Reads a binary frame of a client. @throws {MessageError} for one that is too short, and for an unknown opcode */
export function clientFrame(frame: Uint8Array): ClientFrame {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const need = (bytes: number): void => {
    if (frame.length < bytes) throw new MessageError(`binary frame: ${frame.length} bytes, expected at least ${bytes}`);
  };
  need(1);
  const opcode = frame[0];
  if (opcode === CLIENT.messageData) {
    need(5);
    return { kind: 'message', channelId: view.getUint32(1, true), payload: frame.slice(5) };
  }
  if (opcode === CLIENT.serviceCallRequest) {
    need(13);
    const end = 13 + view.getUint32(9, true);
    need(end);
    return {
      kind: 'call',
      serviceId: view.getUint32(1, true),
      callId: view.getUint32(5, true),
      encoding: new TextDecoder().decode(frame.subarray(13, end)),
      payload: frame.slice(end),
    };
  }
  throw new MessageError(`binary frame: opcode ${opcode}, expected 1 or 2`);
}
