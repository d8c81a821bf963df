import { describe, expect, it } from 'vitest';
import { withFullName } from './full-name.ts';

/** Looks up parameters as rclnodejs 2.2.0 does. */
class FakeNode {
  readonly overrides: Map<string, unknown>;
  readonly files: Readonly<Record<string, Readonly<Record<string, unknown>>>>;

  constructor(files: Readonly<Record<string, Readonly<Record<string, unknown>>>>) {
    this.files = files;
    this.overrides = this._getNativeParameterOverrides();
  }

  name(): string {
    return 'node';
  }

  getFullyQualifiedName(): string {
    return '/left/node';
  }

  _getNativeParameterOverrides(): Map<string, unknown> {
    const entries = { ...this.files['/**'], ...this.files[this.name()] };
    return new Map(Object.entries(entries).map(([name, value]) => [name, { name, value }]));
  }
}

const valuesOf = (files: Readonly<Record<string, Readonly<Record<string, unknown>>>>) => {
  const node = new (withFullName(FakeNode))(files);
  expect(node.name()).toBe('node');
  return Object.fromEntries(
    [...node.overrides].map(([name, parameter]) => [name, (parameter as { value: unknown }).value]),
  );
};

describe('a node with a full name', () => {
  it('finds its parameters under its full name, its name, and the wildcard, in this order of precedence', () => {
    expect(valuesOf({ '/left/node': { a: 1n } })).toEqual({ a: 1n });
    expect(valuesOf({ '/**': { a: 1, b: 1, c: 1 }, node: { a: 2, b: 2 }, '/left/node': { a: 3 } })).toEqual({
      a: 3,
      b: 2,
      c: 1,
    });
  });

  it('ignores the parameters of other nodes', () => {
    expect(valuesOf({ '/right/node': { a: 1 }, other: { b: 2 } })).toEqual({});
  });
});
