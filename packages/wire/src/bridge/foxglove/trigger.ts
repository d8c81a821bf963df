import { MessageWriter } from '../../cdr/writer.ts';
import { TRIGGER_RESPONSE, TRIGGER_RESPONSE_FIELDS, TRIGGER_TYPE, type TriggerResponse } from '../hub/world.ts';

/** Encodings of what clients send, the preferred one first. */
export const CLIENT_ENCODINGS = ['cdr', 'json'] as const;
export type ClientEncoding = (typeof CLIENT_ENCODINGS)[number];

/** What an advertisement says of every service. */
export const TRIGGER_SCHEMAS = {
  type: TRIGGER_TYPE,
  request: { encoding: 'cdr', schemaName: `${TRIGGER_TYPE}_Request`, schemaEncoding: 'ros2msg', schema: '' },
  response: {
    ...{ encoding: 'cdr', schemaName: `${TRIGGER_TYPE}_Response`, schemaEncoding: 'ros2msg' },
    schema: TRIGGER_RESPONSE_FIELDS,
  },
  requestSchema: '',
  responseSchema: TRIGGER_RESPONSE_FIELDS,
} as const;

const responseWriter = new MessageWriter([TRIGGER_RESPONSE]);

/** The payload of a response. */
export const triggerPayload = (response: TriggerResponse, encoding: ClientEncoding): Uint8Array =>
  encoding === 'cdr' ? responseWriter.write(response) : new TextEncoder().encode(JSON.stringify(response));
