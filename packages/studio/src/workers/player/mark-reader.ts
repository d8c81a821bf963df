import { type MessageOf, messageCodec } from '@praxis/wire';
import type { ReadChannel } from '@praxis/wire/mcap';
import type { RecordingMark } from '../../protocol/recording.ts';

/** Reads the mark of one message. @throws {MessageError} when it is damaged */
export type MarkReader = (data: Uint8Array) => Omit<RecordingMark, 'time'>;

const safetyMark = (event: MessageOf['praxis_msgs/msg/SafetyEvent']): ReturnType<MarkReader> => {
  const { from_state: from, to_state: state, message } = event;
  const change = from === state ? state : `${from} to ${state}`;
  return { kind: 'safety', text: `${change}: ${message}`.replaceAll('_', ' '), state };
};

/** Words for the kinds of a person's inputs. */
const INPUTS: Readonly<Record<string, string>> = { request: 'request', driver: 'driver', text: 'said' };

/** What reads the marks of a channel; undefined for one without marks. */
export function markReader({ type, topic }: ReadChannel): MarkReader | undefined {
  switch (type) {
    case 'praxis_msgs/msg/SafetyEvent': {
      const codec = messageCodec(type);
      return (data) => safetyMark(codec.read(data));
    }
    case 'std_msgs/msg/String': {
      const codec = messageCodec(type);
      const name = topic === '/instruction' ? '' : `${topic}: `;
      return (data) => ({ kind: 'instruction', text: `${name}${codec.read(data).data || 'none'}` });
    }
    case 'praxis_msgs/msg/OperatorInput': {
      const codec = messageCodec(type);
      return (data) => {
        const { kind, text } = codec.read(data);
        return { kind: 'operator', text: `${INPUTS[kind] ?? kind}: ${text}` };
      };
    }
    default:
      return undefined;
  }
}
