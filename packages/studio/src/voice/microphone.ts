import type { AudioBlock } from './microphone.worklet.ts';
import workletUrl from './microphone.worklet.ts?worker&url';

/** What the browser may gather before it hands sound over (s): with less a busy computer makes gaps, with more a stop is late. */
const LATENCY_S = 0.05;

/** Why there is no microphone. */
export type MicrophoneFault = 'insecure' | 'missing' | 'denied' | 'failed';

const MESSAGES: Readonly<Record<MicrophoneFault, string>> = {
  insecure: 'no microphone here: browsers lend it to pages from localhost or https only',
  missing: 'no microphone: connect one and try again',
  denied: 'the microphone is not allowed: allow it beside the address of the page and try again',
  failed: 'the microphone does not start: another program may be using it',
};

const FAULTS: Readonly<Record<string, MicrophoneFault>> = {
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotAllowedError: 'denied',
  SecurityError: 'denied',
};

export class MicrophoneError extends Error {
  override readonly name = 'MicrophoneError';
  readonly fault: MicrophoneFault;

  constructor(fault: MicrophoneFault, options?: ErrorOptions) {
    super(MESSAGES[fault], options);
    this.fault = fault;
  }
}

export interface MicrophoneHandlers {
  /** @param stamp of the first sample: seconds since 1970 */
  onAudio(samples: Float32Array, stamp: number): void;
  /** It was unplugged, or the permission was taken back. */
  onEnded(): void;
}

/** One channel of whatever microphone the browser lends, at the rate that it has. */
export class Microphone {
  readonly #stream: MediaStream;
  readonly #context: AudioContext;

  private constructor(stream: MediaStream, context: AudioContext) {
    this.#stream = stream;
    this.#context = context;
  }

  /** Asks the person for it where the browser wants that. @throws {MicrophoneError} */
  static async open(handlers: MicrophoneHandlers): Promise<Microphone> {
    if (!window.isSecureContext || !navigator.mediaDevices) throw new MicrophoneError('insecure');
    let stream: MediaStream;
    try {
      // What the loudspeakers say is taken out here; noise is taken off by the server, which knows what its recogniser likes.
      stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: false, autoGainControl: true },
      });
    } catch (cause) {
      throw new MicrophoneError(FAULTS[(cause as DOMException).name] ?? 'failed', { cause });
    }
    const context = new AudioContext({ latencyHint: LATENCY_S });
    const microphone = new Microphone(stream, context);
    try {
      await context.audioWorklet.addModule(workletUrl);
      await context.resume();
    } catch (cause) {
      microphone.close();
      throw new MicrophoneError('failed', { cause });
    }
    microphone.#connect(handlers);
    return microphone;
  }

  #connect({ onAudio: piece, onEnded: ended }: MicrophoneHandlers): void {
    const context = this.#context;
    const blocks = new AudioWorkletNode(context, 'audio-block', {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: 'explicit',
    });
    const begin = (performance.timeOrigin + performance.now()) / 1000 - context.currentTime;
    blocks.port.onmessage = ({ data }: MessageEvent<AudioBlock>) => piece(data.samples, begin + data.time);
    context.createMediaStreamSource(this.#stream).connect(blocks);
    for (const track of this.#stream.getTracks()) track.onended = ended;
  }

  /** Hz. */
  get rate(): number {
    return this.#context.sampleRate;
  }

  /** Gives it back: the browser's sign that it listens goes out. */
  close(): void {
    for (const track of this.#stream.getTracks()) {
      track.onended = null;
      track.stop();
    }
    void this.#context.close();
  }
}
