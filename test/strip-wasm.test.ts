import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { stripWasm } from '../packages/studio/build/strip-wasm.ts';

const require = createRequire(join(import.meta.dirname, '..', 'sim', 'package.json'));

/** A section of a WebAssembly module: its kind, size and content, all below 128 bytes. */
const section = (kind: number, ...content: number[]): number[] => [kind, content.length, ...content];
const custom = (name: string, ...content: number[]): number[] =>
  section(0, name.length, ...new TextEncoder().encode(name), ...content);

const HEADER = [0, ...new TextEncoder().encode('asm'), 1, 0, 0, 0];
/** One type: a function without parameters and results. */
const TYPES = section(1, 1, 0x60, 0, 0);

describe('a WebAssembly module of the studio', () => {
  it('loses names and debug information, and keeps the rest in order', () => {
    const tools = ['name', 'producers', 'target_features', 'sourceMappingURL', '.debug_info', '.debug_line'];
    const module = [...HEADER, ...tools.flatMap((name) => custom(name, 1, 2)), ...TYPES, ...custom('name', 3)];
    expect([...stripWasm(Uint8Array.from(module))]).toEqual([...HEADER, ...TYPES]);
  });

  it('keeps custom sections that it does not know', () => {
    const module = [...HEADER, ...custom('metadata.code.branch_hint', 0), ...TYPES];
    expect([...stripWasm(Uint8Array.from(module))]).toEqual(module);
  });

  it.each([
    ['text', [...new TextEncoder().encode('<html>')]],
    ['a module that ends early', [...HEADER, 1, 9, 0]],
  ])('is refused when it is %s', (_, bytes) => {
    expect(() => stripWasm(Uint8Array.from(bytes))).toThrow('WebAssembly module');
  });

  describe('of MuJoCo', () => {
    let original: Buffer;
    let stripped: Uint8Array<ArrayBuffer>;
    beforeAll(() => {
      original = readFileSync(require.resolve('@mujoco/mujoco/mujoco.wasm'));
      stripped = Uint8Array.from(stripWasm(original));
    });

    it('shrinks to less than half', () => {
      expect(stripped.length).toBeLessThan(original.length / 2);
    });

    it('compiles with the same imports and exports', async () => {
      const [before, after] = await Promise.all([
        WebAssembly.compile(Uint8Array.from(original)),
        WebAssembly.compile(stripped),
      ]);
      expect(WebAssembly.Module.exports(after)).toEqual(WebAssembly.Module.exports(before));
      expect(WebAssembly.Module.imports(after)).toEqual(WebAssembly.Module.imports(before));
    });

    it('is stripped once: nothing more is removed the second time', () => {
      expect(stripWasm(stripped).length).toBe(stripped.length);
    });
  });
});
