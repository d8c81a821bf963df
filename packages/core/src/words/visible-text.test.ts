import { expect, it } from 'vitest';
import { visibleText } from './visible-text.ts';

it('escapes control characters of C0 and C1, and those that turn the direction of writing', () => {
  expect(visibleText('cube\x1b[2K\rok\0\x07')).toBe('cube\\u001b[2K\\u000dok\\u0000\\u0007');
  expect(visibleText('a\x9b31mb\x85\x7f')).toBe('a\\u009b31mb\\u0085\\u007f');
  expect(visibleText('x\u202egnp.exe\u2066\u200f\u061c\u2028')).toBe('x\\u202egnp.exe\\u2066\\u200f\\u061c\\u2028');
});

it('keeps every other text, tabs and line feeds', () => {
  const text = 'Würfel\t赤い立方体\n🦾 \\ "é" C:\\robots\n';
  expect(visibleText(text)).toBe(text);
});

it('keeps the value of JSON', () => {
  const value = { 'C:\\\x9b\u202e': 'a\\\x7f\x1b\n"' };
  const shown = visibleText(JSON.stringify(value));
  expect(shown).toContain('\\u007f');
  expect(JSON.parse(shown)).toEqual(value);
});
