import { describe, expect, it } from 'vitest';
import { execArgvOf, moduleBeside } from './program.ts';

describe('a module beside another one', () => {
  it('is a source beside a source and a built module beside a built one', () => {
    expect(moduleBeside('./worker', 'file:///praxis/src/node/robot.ts').href).toBe('file:///praxis/src/node/worker.ts');
    expect(moduleBeside('../worker', 'file:///praxis/dist/node/robot.js').href).toBe('file:///praxis/dist/worker.js');
  });

  it('starts with the loader of the checkout only if it is a source', () => {
    expect(execArgvOf('file:///praxis/dist/worker.js')).toEqual([]);
    const [flag, loader] = execArgvOf(new URL('file:///praxis/src/worker.ts'));
    expect(flag).toBe('--import');
    expect(loader).toMatch(/^file:.*\/packages\/core\/source-loader\.mjs$/);
  });
});
