import { expect, it } from 'vitest';
import { createUnitClass } from './unit-class.node.ts';
import { createUnitClass as wholeCreateUnitClass } from './unit-class.ts';

it('finds the units of mathjs without the rest of mathjs, and they are the same', async () => {
  const part = await import(/* @vite-ignore */ new URL('./type/unit/Unit.js', import.meta.resolve('mathjs')).href);
  expect(createUnitClass).toBe(part.createUnitClass);
  expect(createUnitClass).toBe(wholeCreateUnitClass);
});
