/** A code block of a page. */
export interface CodeBlock {
  /** Language after the fence; empty for an indented block. */
  readonly language: string;
  readonly lines: readonly string[];
  /** Text of the HTML comment in the line before the block, which names the file that the block is a part of. */
  readonly source: string | undefined;
}

const FENCE = /^(```+|~~~+)\s*(\S*)/;

/** Splits a page into its code blocks and its other lines. */
export function splitPage(text: string): { readonly blocks: readonly CodeBlock[]; readonly prose: readonly string[] } {
  const blocks: CodeBlock[] = [];
  const prose: string[] = [];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const fence = FENCE.exec(lines[i]);
    const start = i;
    if (fence) {
      const end = lines.indexOf(fence[1], i + 1);
      if (end < 0) throw new Error(`line ${i + 1}: the code block has no end`);
      const source = /^<!-- (\S+) -->$/.exec(lines[start - 1] ?? '')?.[1];
      blocks.push({ language: fence[2], lines: lines.slice(i + 1, end), source });
      i = end;
    } else if (/^ {4}\S/.test(lines[i]) && (lines[i - 1] ?? '').trim() === '') {
      while (/^ {4}|^$/.test(lines[i + 1] ?? 'end')) i++;
      blocks.push({
        language: '',
        lines: lines.slice(start, i + 1).map((line) => line.slice(4)),
        source: undefined,
      });
    } else prose.push(lines[i]);
  }
  return { blocks, prose };
}

/** Code spans of a line, without their backticks. */
export const codeSpans = (line: string): readonly string[] =>
  [...line.matchAll(/`([^`]+)`/g)].map(([, code]) => code.replaceAll('\\|', '|'));

/** Targets of the links and pictures of a page. */
export const linksOf = (prose: readonly string[]): readonly string[] =>
  prose.flatMap((line) => [...line.replace(/`[^`]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target));

/** Anchors of the headings of a page, as GitHub makes them. */
export function anchorsOf(prose: readonly string[]): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const line of prose) {
    const heading = /^#{1,6} (.+)$/.exec(line)?.[1];
    if (heading === undefined) continue;
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    let unique = slug;
    for (let k = 1; anchors.has(unique); k++) unique = `${slug}-${k}`;
    anchors.add(unique);
  }
  return anchors;
}

/**
 * Splits a shell command into words: quotes are removed, and a comment, a pipe, a redirection or another command ends it.
 * @returns words of the first command
 */
export function shellWords(command: string): readonly string[] {
  const words: string[] = [];
  for (const [token] of command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)) {
    if (/^(#.*|[|;&]+|\d*>+.*|<.*)$/.test(token)) break;
    words.push(token.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single));
    if (token.endsWith(';')) break;
  }
  return words.map((word) => word.replace(/;$/, ''));
}
