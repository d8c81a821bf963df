/** A speech model that its publisher offers for download. */
export interface PublishedModel {
  readonly name: string;
  readonly url: string;
  /** Checksum of the archive, hexadecimal. */
  readonly sha256: string;
  /** Size of the archive (bytes). */
  readonly size: number;
  /** Licence according to the publisher. */
  readonly licence: string;
}

const RELEASE_URL = 'https://github.com/k2-fsa/sherpa-onnx/releases/download/asr-models';

/** Models of the sherpa-onnx project. Several public projects pin the same checksums independently for these addresses. */
export const MODELS: readonly PublishedModel[] = [
  {
    name: 'zipformer-en-20M',
    url: `${RELEASE_URL}/sherpa-onnx-streaming-zipformer-en-20M-2023-02-17.tar.bz2`,
    sha256: '9c559283e8498d3fe95913c79ca1cb454bb26281ac2b102b41306c7d752765d9',
    size: 127_887_156,
    licence: 'Apache-2.0',
  },
  {
    name: 'zipformer-en',
    url: `${RELEASE_URL}/sherpa-onnx-streaming-zipformer-en-2023-06-26.tar.bz2`,
    sha256: '639e25b578e9e997131402199419c13a941f8e4e198e2da1ce57dbf5cf401282',
    size: 310_414_022,
    licence: 'Apache-2.0',
  },
  {
    name: 'whisper-tiny.en',
    url: `${RELEASE_URL}/sherpa-onnx-whisper-tiny.en.tar.bz2`,
    sha256: '2bd6cf965c8bb3e068ef9fa2191387ee63a9dfa2a4e37582a8109641c20005dd',
    size: 118_071_777,
    licence: 'MIT',
  },
  {
    name: 'whisper-base.en',
    url: `${RELEASE_URL}/sherpa-onnx-whisper-base.en.tar.bz2`,
    sha256: '475bc7052ce299c007f6d5d5407ba8601f819a2867f6eecee510ed17df581542',
    size: 208_576_005,
    licence: 'MIT',
  },
  {
    name: 'moonshine-tiny-en',
    url: `${RELEASE_URL}/sherpa-onnx-moonshine-tiny-en-quantized-2026-02-27.tar.bz2`,
    sha256: '9ec31b342d8fa3240c3b81b8f82e1cf7e3ac467c93ca5a999b741d5887164f8d',
    size: 29_858_559,
    licence: 'MIT',
  },
];
