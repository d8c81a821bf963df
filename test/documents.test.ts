import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { program } from '@praxis/cli';
import { type Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { generatedPages } from '../scripts/documents/pages.ts';
import { anchorsOf, codeSpans, linksOf, shellWords, splitPage } from './documents/markdown.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root })
  .toString()
  .trim()
  .split('\n')
  .filter((file) => existsSync(join(root, file)));
const pages = new Map(files.map((file) => [file, splitPage(readFileSync(join(root, file), 'utf8'))]));

/** Says what is wrong with a link; undefined for a good one. */
function brokenLink(file: string, target: string): string | undefined {
  if (/^(https?|mailto):/.test(target)) return undefined;
  const [path, anchor] = target.split('#');
  const absolute = path === '' ? join(root, file) : resolve(root, dirname(file), path);
  if (!existsSync(absolute)) return `${file}: ${target}: no such file`;
  if (anchor === undefined) return undefined;
  const page = pages.get(relative(root, absolute));
  return page && anchorsOf(page.prose).has(anchor) ? undefined : `${file}: ${target}: no such heading`;
}

/** Commands of a page in the form `npx praxis ...`, in code blocks and in code spans. */
const commandsOf = (file: string): readonly string[] => {
  const { blocks, prose } = pages.get(file)!;
  const lines = [...blocks.flatMap(({ lines: inBlock }) => inBlock), ...prose.flatMap(codeSpans)];
  return lines.map((line) => /^\s*(?:\$ )?npx praxis (.*)$/.exec(line)?.[1]).filter((line) => line !== undefined);
};

/** Codes of commander for a command without something that it needs. */
const MISSING = ['commander.missingArgument', 'commander.missingMandatoryOptionValue'];

/** Parses a command line with the program's options, without running it. Returns the message of the error. */
async function usageError(words: readonly string[]): Promise<string | undefined> {
  const praxis = program() as unknown as Command;
  const disarm = (command: Command): void => {
    command.configureOutput({ writeOut: () => {}, writeErr: () => {}, outputError: () => {} });
    if (command.commands.length === 0 || command.registeredArguments.length > 0) command.action(() => {});
    command.commands.forEach(disarm);
  };
  disarm(praxis);
  try {
    await praxis.parseAsync(['node', 'praxis', ...words]);
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) return String(error);
    // `npx praxis transcribe` in a sentence names the command.
    const isName = words.every((word) => /^[a-z-]+$/.test(word)) && MISSING.includes(error.code);
    return error.exitCode === 0 || isName ? undefined : String(error);
  }
}

describe('documents', () => {
  it('every relative link and its anchor lead somewhere', () => {
    const broken = files.flatMap((file) => linksOf(pages.get(file)!.prose).map((target) => brokenLink(file, target)));
    expect(broken.filter((each) => each !== undefined)).toEqual([]);
  });

  it.each(Object.entries(generatedPages))('docs/%s is current: npm run docs', (name, page) => {
    expect(readFileSync(join(root, 'docs', name), 'utf8')).toBe(page());
  });

  it.each(files.filter((file) => commandsOf(file).length > 0))(
    '%s: the program accepts every command',
    async (file) => {
      const refused: string[] = [];
      for (const command of commandsOf(file)) {
        // `npx praxis COMMAND --help` and `npx praxis eval ...` stand for any command.
        if (/\bCOMMAND\b|\.\.\./.test(command)) continue;
        const error = await usageError(shellWords(command));
        if (error !== undefined) refused.push(`npx praxis ${command}: ${error}`);
      }
      expect(refused).toEqual([]);
    },
  );

  it('every TypeScript block of docs is a part of the file that the comment before it names', () => {
    const wrong: string[] = [];
    for (const file of files.filter((each) => each.startsWith('docs/'))) {
      for (const { language, lines, source } of pages.get(file)!.blocks) {
        if (language !== 'ts') continue;
        const text = lines.join('\n');
        const path = join(root, source ?? '');
        if (source !== undefined && existsSync(path) && readFileSync(path, 'utf8').includes(text)) continue;
        wrong.push(`${file}, ${source ?? 'without a source'}: ${lines[0]}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
