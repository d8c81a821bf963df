import { inCell, markdownTable } from './format.ts';

/** A part of a page. Texts may hold `code` in backticks and no other mark-up. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** A picture, as an SVG element; only in HTML. */
  | { readonly kind: 'figure'; readonly svg: string; readonly caption: string };

/** A page, from which Markdown and HTML are made. */
export interface PageDocument {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** Escapes a text for HTML and SVG, in an attribute as well. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function markdownOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `## ${block.text}`;
    case 'text':
      return block.text;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'table':
      return markdownTable(
        block.head,
        block.rows.map((row) => row.map(inCell)),
      ).join('\n');
    case 'figure':
      return '';
  }
}

/** Formats a page as Markdown, without its figures. */
export const pageMarkdown = ({ title, blocks }: PageDocument): string =>
  `${[`# ${title}`, ...blocks.map(markdownOf).filter((text) => text !== '')].join('\n\n')}\n`;

/** A text with its code in backticks as HTML. */
const inline = (text: string): string => escapeHtml(text).replace(/`([^`]*)`/g, '<code>$1</code>');

const row = (cells: readonly string[], tag: 'th' | 'td'): string =>
  `<tr>${cells.map((cell) => `<${tag}>${inline(cell)}</${tag}>`).join('')}</tr>`;

function htmlOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h2>${inline(block.text)}</h2>`;
    case 'text':
      return `<p>${inline(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${inline(item)}</li>`).join('')}</ul>`;
    case 'table':
      return `<table>\n<thead>${row(block.head, 'th')}</thead>\n<tbody>\n${block.rows
        .map((cells) => row(cells, 'td'))
        .join('\n')}\n</tbody>\n</table>`;
    case 'figure':
      return `<figure>${block.svg}<figcaption>${inline(block.caption)}</figcaption></figure>`;
  }
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;display:block;overflow-x:auto}th,td{border:1px solid #ccc;padding:.25rem .6rem;text-align:left;vertical-align:top}
th{background:#f3f3f3}code{font-size:.9em;overflow-wrap:anywhere}td code{white-space:nowrap}figure{margin:1.5rem 0}figcaption{color:#555}svg{max-width:100%;height:auto}`;

/** Formats a page as one HTML file that loads nothing else and runs no script. */
export const pageHtml = ({ title, blocks }: PageDocument): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${inline(title)}</h1>
${blocks.map(htmlOf).join('\n')}
</body>
</html>
`;
