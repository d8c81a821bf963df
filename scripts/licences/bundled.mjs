// What others made and Praxis distributes: in its own files, and in the page of the studio. The build of the page fails when the
// page contains a package that is not listed here.

const DEEPMIND = 'Copyright DeepMind Technologies Limited';
const MICROSOFT = 'Copyright (c) Microsoft Corporation';

/**
 * Packages of npm in the page of the studio. `copyright` is for those without such a line in their licence file; `parts` were
 * compiled into them: [name, licence, copyright].
 */
export const PAGE = [
  { name: '@babel/runtime' },
  { name: '@bjorn3/browser_wasi_shim', copyright: 'Copyright the authors of browser_wasi_shim' },
  {
    name: '@bokuweb/zstd-wasm',
    copyright: 'Copyright bokuweb',
    source: 'https://github.com/bokuweb/zstd-wasm',
    parts: [
      [
        'Zstandard',
        'BSD-3-Clause',
        'Copyright (c) Meta Platforms, Inc. and affiliates. All rights reserved; https://github.com/facebook/zstd',
      ],
    ],
  },
  { name: '@foxglove/cdr' },
  { name: '@foxglove/crc' },
  { name: '@foxglove/rosmsg' },
  { name: '@foxglove/rosmsg-msgs-common' },
  { name: '@foxglove/rosmsg2-serialization' },
  {
    name: '@huggingface/tokenizers',
    copyright: 'Copyright the Hugging Face team',
    source: 'https://github.com/huggingface/tokenizers.js',
  },
  { name: '@mcap/core' },
  {
    name: '@mujoco/mujoco',
    copyright: DEEPMIND,
    source: 'https://github.com/google-deepmind/mujoco',
    parts: [
      ['libccd', 'BSD-3-Clause', 'Copyright (c) 2010-2012 Daniel Fiser <danfis@danfis.cz>'],
      ['lodepng', 'Zlib', 'Copyright (c) 2005-2018 Lode Vandevenne'],
      ['MarchingCubeCpp', 'Unlicense OR MIT', 'Copyright (c) Axel Paris'],
      [
        'miniz',
        'MIT',
        'Copyright 2013-2014 RAD Game Tools and Valve Software; 2010-2014 Rich Geldreich and Tenacious Software LLC',
      ],
      [
        'Qhull',
        'Qhull',
        'Copyright (c) 1993-2020 C.B. Barber, Arlington, MA, and The National Science and Technology Research Center for ' +
          'Computation and Visualization of Geometric Structures (The Geometry Center), University of Minnesota',
      ],
      ['tinyobjloader', 'MIT', 'Copyright (c) 2012-Present Syoyo Fujita and many contributors'],
      ['TinyXML-2', 'Zlib', 'Copyright (c) Lee Thomason and others'],
    ],
  },
  { name: '@msgpack/msgpack' },
  { name: '@noble/hashes' },
  { name: '@nodable/entities', copyright: 'Copyright Amit Gupta (https://solothought.com)' },
  { name: 'anynum' },
  { name: 'fast-xml-builder' },
  { name: 'fast-xml-parser' },
  { name: 'heap-js' },
  { name: 'is-unsafe' },
  { name: 'mathjs', copyright: 'Copyright (C) 2013-2026 Jos de Jong <wjosdejong@gmail.com>' },
  {
    name: 'onnxruntime-web',
    copyright: MICROSOFT,
    source:
      'https://github.com/microsoft/onnxruntime, whose ThirdPartyNotices.txt has the notices of its parts in full',
    parts: [
      ['Abseil', 'Apache-2.0', 'Copyright The Abseil Authors'],
      ['Boost.Mp11', 'BSL-1.0', 'Copyright Peter Dimov'],
      ['date', 'MIT', 'Copyright (c) Howard Hinnant and others'],
      ['Eigen', 'MPL-2.0', 'Copyright the authors of Eigen; https://gitlab.com/libeigen/eigen'],
      ['FlatBuffers', 'Apache-2.0', 'Copyright Google Inc.'],
      ['GSL', 'MIT', `${MICROSOFT}`],
      ['JSON for Modern C++', 'MIT', 'Copyright (c) 2013-2022 Niels Lohmann'],
      ['ONNX', 'Apache-2.0', 'Copyright the ONNX Project Contributors'],
      ['Protocol Buffers', 'BSD-3-Clause', 'Copyright 2008 Google Inc.'],
      ['RE2', 'BSD-3-Clause', 'Copyright (c) 2009 The RE2 Authors'],
      ['SafeInt', 'MIT', `${MICROSOFT}`],
    ],
  },
  { name: 'path-expression-matcher' },
  { name: 'rxjs' },
  { name: 'strnum' },
  { name: 'three' },
  { name: 'tslib' },
  { name: 'uplot' },
  { name: 'xml-naming' },
  { name: 'zod' },
];

/** Parts that lie in the files of Praxis. */
export const FILES = [
  {
    name: 'Silero VAD, silero_vad_16k_op15.onnx',
    licence: 'MIT',
    copyright: 'Copyright (c) 2020-present Silero Team',
    source: 'https://github.com/snakers4/silero-vad',
    file: 'packages/speech/weights/voice-activity/silero-vad.onnx',
  },
  {
    name: 'speech_embedding/1',
    licence: 'Apache-2.0',
    copyright: 'Copyright Google LLC; converted by openWakeWord, and joined into one graph here',
    source: 'https://github.com/dscripka/openWakeWord',
    file: 'packages/speech/weights/stop-words/speech-embedding.onnx',
  },
  {
    name: 'fdlibm: polynomials and constants',
    licence: 'its notice',
    copyright:
      'Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc. business. ' +
      'Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.',
    source: 'https://www.netlib.org/fdlibm',
    file: 'packages/core/src/math/trigonometry.ts',
  },
];
