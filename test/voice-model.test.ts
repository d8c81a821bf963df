import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWav } from '@praxis/speech';
import { speechSessionOpener } from '@praxis/speech/node';
import { commandGrammar } from '@praxis/teleop/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs, SHERPA } from './needs.ts';
import { runMain } from './run-main.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const letters = join(root, 'packages', 'speech', 'src', 'node', 'sherpa', 'testing', 'letters');
let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'praxis-voice-model-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

it('the studio refuses a folder without a model before it serves a page', () => {
  expect(() => speechSessionOpener(commandGrammar, 'none', { model: scratch })).toThrow(
    /expected the files of a speech model for sherpa-onnx/,
  );
});

describe('praxis transcribe --model', needs(SHERPA), () => {
  const transcribe = (model: string) => {
    const file = join(scratch, 'silence.wav');
    writeFileSync(file, writeWav({ samples: new Float32Array(16_000), rate: 16_000 }));
    return runMain(['transcribe', file, '--model', model, '--json']);
  };

  it('recognises with the model', async () => {
    const { status, out, err } = await transcribe(letters);
    expect([status, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ text: '', intent: { kind: 'unknown' } });
  });

  it('names a missing or broken model in one line', async () => {
    const broken = join(scratch, 'broken');
    cpSync(letters, broken, { recursive: true });
    writeFileSync(join(broken, 'encode.onnx'), 'no model');
    for (const [model, message] of [
      [join(scratch, 'nowhere'), /nowhere: expected the folder of a speech model/],
      [broken, /sherpa-onnx with .*broken exited: .*encode\.onnx/],
    ] as const) {
      const { status, err } = await transcribe(model);
      expect(status).toBe(2);
      expect(err).toMatch(message);
      expect(err.trim().split('\n')).toHaveLength(1);
    }
  });
});
