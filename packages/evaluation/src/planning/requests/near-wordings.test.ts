import { InputError } from '@praxis/core';
import { pick } from '@praxis/sim';
import { describe, expect, it } from 'vitest';
import { absentPickRequests } from './absent-pick.ts';
import { NEAR_KINDS } from './near-wordings.ts';
import { REPORT_PATTERNS } from './report-patterns.ts';
import { FAR_KINDS, spokenPickRequests, WORDING_KINDS, wordingKinds } from './spoken-pick.ts';

const COUNT = 500;
const requests = spokenPickRequests(2_000_000, COUNT, NEAR_KINDS);
const trained = new Set(pick.goals('train').flatMap(({ texts }) => texts));

describe('near wordings', () => {
  it.each(NEAR_KINDS)('of kind %s are equally many, none of them trained', (kind) => {
    const some = requests.filter((each) => each.kind === kind);
    expect(some).toHaveLength(COUNT / NEAR_KINDS.length);
    for (const { request } of some) expect(trained.has(request)).toBe(false);
    expect(new Set(some.map(({ request }) => request)).size).toBeGreaterThan(COUNT / 20);
  });

  it('name the thing that they mean, but for other words and typing errors', () => {
    for (const { kind, request, target } of requests) {
      const [colour, shape] = target.split(' ');
      if (kind === 'synonym' || kind === 'typing error') continue;
      expect(request).toContain(colour);
      expect(request).toContain(shape);
    }
  });

  it('with a typing error have one word that is off by a letter or two', () => {
    for (const { request, target } of requests.filter(({ kind }) => kind === 'typing error')) {
      const [colour, shape] = target.split(' ');
      const right = REPORT_PATTERNS.plain.map((pattern) =>
        pattern.replace('{name}', target).replace('{colour}', colour).replace('{shape}', shape),
      );
      const near = right.filter((each) => each.split(' ').length === request.split(' ').length);
      const off = near.map((each) => each.split(' ').filter((word, i) => word !== request.split(' ')[i]).length);
      expect(Math.min(...off)).toBeLessThanOrEqual(1);
    }
  });

  it('for what is not there name nothing of the scene', () => {
    for (const { seed, request } of absentPickRequests(2_000_000, COUNT, NEAR_KINDS)) {
      const { named } = pick.draw({ seed, wordings: 'report', swap: false });
      for (const { colour, shape } of named) expect(request).not.toContain(`${colour} ${shape}`);
    }
  });
});

it('kinds of wording are read by name and by group', () => {
  expect(wordingKinds('near')).toEqual(NEAR_KINDS);
  expect(wordingKinds('far, plain')).toEqual([...FAR_KINDS, 'plain']);
  expect(wordingKinds('all')).toEqual(WORDING_KINDS);
  for (const text of ['', 'toString', 'near,nearer']) expect(() => wordingKinds(text)).toThrow(InputError);
});

it('the same seeds give the same requests', () => {
  expect(spokenPickRequests(2_000_000, 40, WORDING_KINDS)).toEqual(spokenPickRequests(2_000_000, 40, WORDING_KINDS));
});
