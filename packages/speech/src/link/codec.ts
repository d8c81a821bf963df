import { InputError, type SocketCodec } from '@praxis/core';
import { type AudioPacket, decodeAudioPacket, encodeAudioPacket } from './audio-packet.ts';

interface HearMessage {
  readonly kind: 'notify';
  readonly method: 'hear';
  readonly argument: AudioPacket;
}

const isHearMessage = (message: unknown): message is HearMessage => {
  const { kind, method } = message as { kind?: unknown; method?: unknown };
  return kind === 'notify' && method === 'hear';
};

/** Encodes calls and events as JSON text messages, and audio packets as binary messages. */
export const voiceCodec: SocketCodec = {
  encode: (message) => (isHearMessage(message) ? encodeAudioPacket(message.argument) : JSON.stringify(message)),
  decode(data) {
    if (typeof data !== 'string') {
      return { kind: 'notify', method: 'hear', argument: decodeAudioPacket(data) } satisfies HearMessage;
    }
    let message: unknown;
    try {
      message = JSON.parse(data);
    } catch (cause) {
      throw new InputError('voice: a text message is not JSON', { cause });
    }
    // Only the binary form of audio is validated.
    if (typeof message !== 'object' || message === null || isHearMessage(message)) {
      throw new InputError('voice: a text message is not a call');
    }
    return message;
  },
};
