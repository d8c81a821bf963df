import { InputError } from '@praxis/core';
import { FAR_KINDS, NEAR_KINDS, pick, WORDING_KINDS } from '@praxis/sim';
import { describe, expect, it } from 'vitest';
import { absentPickRequests } from './absent-pick.ts';
import { spokenPickRequests, wordingKinds } from './spoken-pick.ts';

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
