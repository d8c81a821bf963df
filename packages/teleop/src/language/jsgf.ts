import type { CommandRow } from './commands.ts';
import type { Language } from './language.ts';
import { REQUEST_PHRASES } from './normalise.ts';
import type { PatternNode } from './notation.ts';

/** Words around a command that have no meaning of their own. "now" is not among the first, since "no" sounds like it. */
const POLITE_PREFIX = '[please]';
const POLITE_SUFFIX = '[please | now]';
const REQUEST_PREFIX = `[${REQUEST_PHRASES.map((words) => words.join(' ')).join(' | ')}]`;
const WAKE_PREFIX = '[hey | ok | okay]';

/** The JSGF of a wording without its parts for typing alone; undefined when nothing is left. */
function spokenForm(node: PatternNode): string | undefined {
  switch (node.is) {
    case 'word':
      return node.written === 'only' ? undefined : node.word;
    case 'numeral':
      return undefined;
    case 'rule':
      return node.written === 'only' ? undefined : `<${node.rule}>`;
    case 'maybe': {
      const inner = spokenForm(node.of);
      return inner === undefined ? '' : `[ ${inner} ]`;
    }
    case 'many': {
      const inner = spokenForm(node.of);
      return inner === undefined ? undefined : `( ${inner} )+`;
    }
    case 'any': {
      const options = node.of.map(spokenForm).filter((each) => each !== undefined && each !== '');
      return options.length === 0 ? undefined : `( ${options.join(' | ')} )`;
    }
    case 'all': {
      const parts = node.of.map(spokenForm);
      return parts.includes(undefined) ? undefined : parts.filter((each) => each !== '').join(' ');
    }
  }
}

const alternatives = (nodes: readonly PatternNode[]): string =>
  nodes
    .map(spokenForm)
    .filter((each) => each !== undefined && each !== '')
    .join(' | ');

/** The names of the rules that spoken commands use. */
function reachableRules(language: Language): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: PatternNode): void => {
    if (spokenForm(node) === undefined) return;
    if (node.is === 'rule' && !names.has(node.rule)) {
      names.add(node.rule);
      for (const form of language.grammar.formsOf(node.rule)) visit(form.node);
    } else if (node.is === 'maybe' || node.is === 'many') visit(node.of);
    else if (node.is === 'all' || node.is === 'any') for (const each of node.of) visit(each);
  };
  for (const row of language.rows) for (const node of row.nodes) visit(node);
  for (const node of language.corrections) visit(node);
  return names;
}

/** Writes the command language as a grammar for a speech recogniser (JSpeech Grammar Format 1.0). */
export function jsgfOf(language: Language): string {
  const used = reachableRules(language);
  const rules = language.grammar.rules
    .filter(({ name }) => used.has(name))
    .map(({ name }) => `<${name}> = ${alternatives(language.grammar.formsOf(name).map(({ node }) => node))} ;`);
  const commands = language.rows.map(({ nodes }, i) => `<command${i}> = ${alternatives(nodes)} ;`);
  const named = (asked: CommandRow['requestForm']) =>
    language.rows.flatMap((row, i) => (row.requestForm === asked ? [`<command${i}>`] : [])).join(' | ');
  const sentence = `${POLITE_PREFIX} ( ${REQUEST_PREFIX} ( ${named(undefined)} ) | ${named('never')} | <correction> ) ${POLITE_SUFFIX}`;
  const wake = language.wakeWord && `${WAKE_PREFIX} ${language.wakeWord.words.join(' ')}`;
  return [
    '#JSGF V1.0;',
    'grammar praxis;',
    ...(wake
      ? [`public <utterance> = [ <wake> ] ${sentence} | <wake> ;`, `<wake> = ${wake} ;`]
      : [`public <utterance> = ${sentence} ;`]),
    ...commands,
    `<correction> = ${alternatives(language.corrections)} ;`,
    ...rules,
    '',
  ].join('\n');
}

/** Every word of a JSGF grammar, sorted: a recogniser needs a pronunciation of each. */
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
