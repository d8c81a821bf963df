import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '@praxis/core';
import { Registry } from '@praxis/evaluation/config';
import { EMPTY_VOCABULARY } from '@praxis/policy';
import { afterAll, describe, expect, it } from 'vitest';
import { nodePolicy, openProject } from './project.ts';

const EXAMPLE = fileURLToPath(new URL('../../../../examples/own-modality/praxis.config.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'praxis-node-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the project of a node', () => {
  it('adds what the parameter config names to what comes with Praxis', async () => {
    const { registry } = await openProject({ config: EXAMPLE });
    expect(registry.tasks.names).toEqual([...new Registry().tasks.names, 'motor']);
    expect(registry.modalities.names).toEqual(['vibration']);
    expect(() => registry.tasks.find('juggle')).toThrow(
      `unknown task "juggle": expected one of ${registry.tasks.names.join(', ')}`,
    );
  });

  it('is what comes with Praxis without a configuration, and a missing file is refused in one line', async () => {
    expect((await openProject({ config: '' })).registry.tasks.names).toEqual(new Registry().tasks.names);
    await expect(openProject({ config: 'gone.ts' })).rejects.toThrow(
      new InputError('parameter config: no file gone.ts'),
    );
  });
});

describe('the policy of a node', () => {
  it('is a folder, whose manifest has its words: the shipped one, a path, or a registered name', async () => {
    const project = await openProject({ config: EXAMPLE });
    const shipped = nodePolicy('', project);
    expect(shipped).toMatchObject({ from: 'models/default', place: 'models/default' });
    expect(shipped.vocabulary.words).toContain('cube');
    expect(nodePolicy('models/default', project)).toEqual(shipped);
    expect(nodePolicy('vibration', project).from).toBe('examples/own-modality/model');
  });

  it('is a module, which adds no words', async () => {
    const file = join(folder, 'hover.ts');
    writeFileSync(file, 'export default 1;\n');
    expect(nodePolicy(file, await openProject({ config: '' }))).toEqual({
      from: { file },
      place: file,
      vocabulary: EMPTY_VOCABULARY,
      words: 'open',
    });
  });

  it('is a function of the configuration, which its process imports itself', async () => {
    const config = join(folder, 'praxis.config.ts');
    writeFileSync(config, 'export default { policies: { still: () => 1 as number } };\n');
    expect(nodePolicy('still', await openProject({ config }))).toEqual({
      from: { file: config, keys: ['policies', 'still'] },
      place: config,
      vocabulary: EMPTY_VOCABULARY,
      words: 'open',
    });
  });

  it('is on a server, whose process connects to it', async () => {
    const address = 'ws://gpu-machine:8000';
    expect(nodePolicy(address, await openProject({ config: '' }))).toEqual({
      from: address,
      place: address,
      vocabulary: EMPTY_VOCABULARY,
      words: 'open',
    });
  });

  it('is refused in one line otherwise', async () => {
    const project = await openProject({ config: EXAMPLE });
    expect(() => nodePolicy('nowhere', project)).toThrow(
      'policy nowhere: expected a directory with a manifest.json, a module, ws://host:port, expert, or one of default, vibration',
    );
    expect(() => nodePolicy('expert', project)).toThrow(
      "policy expert: it needs the simulator's state; expected a folder, a module, or one of default, vibration",
    );
  });
});
