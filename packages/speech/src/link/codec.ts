import { InputError, type SocketCodec } from '@praxis/core';
import { type AudioPacket, decodeAudioPacket, encodeAudioPacket } from './audio-packet.ts';

interface AudioMessage {
  readonly kind: 'notify';
  readonly method: 'acceptAudio';
  readonly argument: AudioPacket;
}

const isAudioMessage = (message: unknown): message is AudioMessage => {
  const { kind, method } = message as { kind?: unknown; method?: unknown };
  return kind === 'notify' && method === 'acceptAudio';
};

/** Encodes calls and events as JSON text messages, and audio packets as binary messages. */
export const voiceCodec: SocketCodec = {
  encode: (message) => (isAudioMessage(message) ? encodeAudioPacket(message.argument) : JSON.stringify(message)),
  decode(data) {
    if (typeof data !== 'string') {
      return { kind: 'notify', method: 'acceptAudio', argument: decodeAudioPacket(data) } satisfies AudioMessage;
    }
    let message: unknown;
    try {
      message = JSON.parse(data);
    } catch (cause) {
      throw new InputError('voice: a text message is not JSON', { cause });
    }
    // Only the binary form of audio is validated.
    if (typeof message !== 'object' || message === null || isAudioMessage(message)) {
      throw new InputError('voice: a text message is not a call');
    }
    return message;
  },
};
