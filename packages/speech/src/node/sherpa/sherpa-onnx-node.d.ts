/** Types of the used part of the package, which ships none. */
declare module 'sherpa-onnx-node' {
  interface Stream {
    acceptWaveform(wave: { readonly samples: Float32Array; readonly sampleRate: number }): void;
  }
  interface Result {
    readonly text: string;
  }
  interface Shared {
    readonly tokens: string;
    readonly numThreads: number;
    readonly provider: 'cpu';
  }
  export class OfflineRecognizer {
    constructor(config: {
      readonly modelConfig: Shared & {
        readonly whisper?: { readonly encoder: string; readonly decoder: string };
        readonly moonshine?: Readonly<Record<string, string>>;
      };
    });
    createStream(): Stream;
    decode(stream: Stream): void;
    getResult(stream: Stream): Result;
  }
  export class OnlineRecognizer {
    constructor(config: {
      readonly modelConfig: Shared & {
        readonly transducer: { readonly encoder: string; readonly decoder: string; readonly joiner: string };
      };
    });
    createStream(): Stream & { inputFinished(): void };
    isReady(stream: Stream): boolean;
    decode(stream: Stream): void;
    getResult(stream: Stream): Result;
  }
}
