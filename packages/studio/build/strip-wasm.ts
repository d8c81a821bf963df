import type { Plugin } from 'vite';

/** Size of a module's magic number and version (bytes). */
const HEADER_SIZE = 8;
const CUSTOM_SECTION = 0;
/** Custom sections for debuggers and toolchains. Engines ignore them; others, such as branch hints, stay. */
const TOOL_SECTION = /^(name|producers|target_features|sourceMappingURL|external_debug_info|\.debug_\w+)$/;

/** Reads an unsigned LEB128 number at `at`. */
function readNumber(bytes: Uint8Array, at: number): { value: number; end: number } {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[at++];
    value += (byte & 127) * scale;
    if (byte < 128) return { value, end: at };
  }
}

function nameOf(section: Uint8Array): string {
  const { value: length, end } = readNumber(section, 0);
  return new TextDecoder().decode(section.subarray(end, end + length));
}

/**
 * Removes the names and debug information of a WebAssembly module. Its code and data stay as they are, so it computes the same
 * bits. Sections: https://webassembly.github.io/spec/core/binary/modules.html#sections
 * @throws {Error} when the bytes are no WebAssembly module
 */
export function stripWasm(module: Uint8Array): Uint8Array {
  if (new TextDecoder().decode(module.subarray(0, 4)) !== '\0asm') throw new Error('expected a WebAssembly module');
  const kept = [module.subarray(0, HEADER_SIZE)];
  for (let start = HEADER_SIZE; start < module.length; ) {
    const { value: size, end: content } = readNumber(module, start + 1);
    const end = content + size;
    if (end > module.length) throw new Error('expected a whole WebAssembly module');
    const isTool = module[start] === CUSTOM_SECTION && TOOL_SECTION.test(nameOf(module.subarray(content, end)));
    if (!isTool) kept.push(module.subarray(start, end));
    start = end;
  }
  return Buffer.concat(kept);
}

/** Strips every WebAssembly module of the build. */
export const strippedWasm = (): Plugin => ({
  name: 'praxis:stripped-wasm',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.wasm') || typeof file.source === 'string') continue;
        file.source = stripWasm(file.source);
      }
    },
  },
});
