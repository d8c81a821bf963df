import type { Row } from './commands.ts';
import type { Language } from './language.ts';
import { REQUESTS } from './normalise.ts';
import type { Node } from './notation.ts';

/** Said before and after a command, and left out of it. Nobody begins with "now" to a robot, and "no" sounds like it. */
const BEFORE = '[please]';
const AFTER = '[please | now]';
const REQUEST = `[${REQUESTS.map((words) => words.join(' ')).join(' | ')}]`;
const CALLING = '[hey | ok | okay]';

/** Nothing when all of it is only written. */
function spoken(node: Node): string | undefined {
  switch (node.is) {
    case 'word':
      return node.written === 'only' ? undefined : node.word;
    case 'numeral':
      return undefined;
    case 'rule':
      return node.written === 'only' ? undefined : `<${node.rule}>`;
    case 'maybe': {
      const inner = spoken(node.of);
      return inner === undefined ? '' : `[ ${inner} ]`;
    }
    case 'many': {
      const inner = spoken(node.of);
      return inner === undefined ? undefined : `( ${inner} )+`;
    }
    case 'any': {
      const options = node.of.map(spoken).filter((each) => each !== undefined && each !== '');
      return options.length === 0 ? undefined : `( ${options.join(' | ')} )`;
    }
    case 'all': {
      const parts = node.of.map(spoken);
      return parts.includes(undefined) ? undefined : parts.filter((each) => each !== '').join(' ');
    }
  }
}

const choice = (nodes: readonly Node[]): string =>
  nodes
    .map(spoken)
    .filter((each) => each !== undefined && each !== '')
    .join(' | ');

/** Rules that spoken commands reach. */
function reached(language: Language): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: Node): void => {
    if (spoken(node) === undefined) return;
    if (node.is === 'rule' && !names.has(node.rule)) {
      names.add(node.rule);
      for (const form of language.book.formsOf(node.rule)) visit(form.node);
    } else if (node.is === 'maybe' || node.is === 'many') visit(node.of);
    else if (node.is === 'all' || node.is === 'any') for (const each of node.of) visit(each);
  };
  for (const row of language.rows) for (const node of row.nodes) visit(node);
  for (const node of language.corrections) visit(node);
  return names;
}

/** The table as a grammar for a recogniser (JSpeech Grammar Format 1.0). */
export function jsgfOf(language: Language): string {
  const used = reached(language);
  const rules = language.book.rules
    .filter(({ name }) => used.has(name))
    .map(({ name }) => `<${name}> = ${choice(language.book.formsOf(name).map(({ node }) => node))} ;`);
  const commands = language.rows.map(({ nodes }, i) => `<command${i}> = ${choice(nodes)} ;`);
  const named = (asked: Row['asked']) =>
    language.rows.flatMap((row, i) => (row.asked === asked ? [`<command${i}>`] : [])).join(' | ');
  const sentence = `${BEFORE} ( ${REQUEST} ( ${named(undefined)} ) | ${named('never')} | <correction> ) ${AFTER}`;
  const wake = language.wakeWord && `${CALLING} ${language.wakeWord.words.join(' ')}`;
  return [
    '#JSGF V1.0;',
    'grammar praxis;',
    ...(wake
      ? [`public <utterance> = [ <wake> ] ${sentence} | <wake> ;`, `<wake> = ${wake} ;`]
      : [`public <utterance> = ${sentence} ;`]),
    ...commands,
    `<correction> = ${choice(language.corrections)} ;`,
    ...rules,
    '',
  ].join('\n');
}

/** Every word of the grammar, sorted: what a recogniser needs a pronunciation for. */
export const wordsOfGrammar = (grammar: string): readonly string[] =>
  [
    ...new Set(
      grammar
        .split('\n')
        .slice(2)
        .flatMap(
          (line) =>
            line
              .slice(line.indexOf('=') + 1)
              .replace(/<[^>]*>/g, ' ')
              .match(/[a-z']+/g) ?? [],
        ),
    ),
  ].sort();
