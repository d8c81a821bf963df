import { SystemClock } from '@praxis/core';
import type { AudioBlock } from './microphone.worklet.ts';
import workletUrl from './microphone.worklet.ts?worker&url';

/** Requested latency of the audio context (s): less makes gaps on a busy computer, more delays a stop. */
const LATENCY_S = 0.05;

/** Reason why the microphone is not available. */
export type MicrophoneFault = 'insecure' | 'missing' | 'denied' | 'failed';

const MESSAGES: Readonly<Record<MicrophoneFault, string>> = {
  insecure: 'no microphone: browsers allow it only for pages from localhost or https',
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

const clock = new SystemClock();

/** The microphone is not available; `fault` and the message name the reason. */
export class MicrophoneError extends Error {
  override readonly name = 'MicrophoneError';
  readonly fault: MicrophoneFault;

  constructor(fault: MicrophoneFault, options?: ErrorOptions) {
    super(MESSAGES[fault], options);
    this.fault = fault;
  }
}

/** Functions that the microphone calls. */
export interface MicrophoneHandlers {
  /** @param stamp time of the first sample (s since 1970) */
  onAudio(samples: Float32Array, stamp: number): void;
  /** Called when the microphone was unplugged or its permission was withdrawn. */
  onEnded(): void;
}

/** One channel of the microphone that the browser provides, at its own sample rate. */
export class Microphone {
  readonly #stream: MediaStream;
  readonly #context: AudioContext;

  private constructor(stream: MediaStream, context: AudioContext) {
    this.#stream = stream;
    this.#context = context;
  }

  /**
   * Opens the microphone. The browser may ask the user for permission.
   * @throws {MicrophoneError} when the microphone is not available.
   */
  static async open(handlers: MicrophoneHandlers): Promise<Microphone> {
    if (!window.isSecureContext || !navigator.mediaDevices) throw new MicrophoneError('insecure');
    let stream: MediaStream;
    try {
      // The browser cancels the echo of the loudspeakers; the server suppresses noise to suit its recogniser.
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

  #connect({ onAudio, onEnded }: MicrophoneHandlers): void {
    const context = this.#context;
    const blocks = new AudioWorkletNode(context, 'audio-block', {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: 'explicit',
    });
    const begin = clock.now() - context.currentTime;
    blocks.port.onmessage = ({ data }: MessageEvent<AudioBlock>) => onAudio(data.samples, begin + data.time);
    context.createMediaStreamSource(this.#stream).connect(blocks);
    for (const track of this.#stream.getTracks()) track.onended = onEnded;
  }

  /** Sample rate (Hz). */
  get rate(): number {
    return this.#context.sampleRate;
  }

  /** Releases the microphone; the browser's recording indicator goes off. */
  close(): void {
    for (const track of this.#stream.getTracks()) {
      track.onended = null;
      track.stop();
    }
    void this.#context.close();
  }
}
