import type { Random } from '@praxis/core';
import type { Language } from './language.ts';
import type { PatternNode } from './notation.ts';

/** Draws one wording of a node that can be spoken, without its parts for typing alone. */
export function sampleWording(language: Language, node: PatternNode, random: Random): string {
  const say = (each: PatternNode): readonly string[] => {
    switch (each.is) {
      case 'word':
        return [each.word];
      case 'numeral':
        return ['1'];
      case 'rule':
        return say(random.pick(language.grammar.formsOf(each.rule).filter(({ node: form }) => isSpoken(form))).node);
      case 'maybe':
        return random.uniform(0, 1) < 0.4 ? say(each.of) : [];
      case 'many':
        return random.uniform(0, 1) < 0.4 ? [...say(each.of), ...say(each.of)] : say(each.of);
      case 'any':
        return say(random.pick(each.of.filter(isSpoken)));
      case 'all':
        return each.of.flatMap(say);
    }
  };
  return say(node).join(' ');
}

/** True when a wording can be spoken: no part that it needs is for typing alone. */
export function isSpoken(node: PatternNode): boolean {
  if (node.is === 'word' || node.is === 'rule') return node.written === 'too';
  if (node.is === 'numeral') return false;
  if (node.is === 'all') return node.of.every(isSpoken);
  if (node.is === 'any') return node.of.some(isSpoken);
  return node.is === 'many' ? isSpoken(node.of) : true;
}
