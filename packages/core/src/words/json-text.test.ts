import { expect, it } from 'vitest';
import { jsonText } from './json-text.ts';

it('shows a value, cuts a long one, and describes one that is nested too deeply', () => {
  expect(jsonText({ a: [1, null] })).toBe('{"a":[1,null]}');
  expect(jsonText(undefined)).toBe('missing');
  expect(jsonText('x'.repeat(100))).toBe(`"${'x'.repeat(56)}...`);
  const depth = 200_000;
  expect(jsonText(JSON.parse('['.repeat(depth) + ']'.repeat(depth)))).toBe('a value that is nested too deeply');
});
