import { firstLine, InputError, lfsPointerHint } from '@praxis/core';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An XML element. */
export interface XmlElement {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Text directly inside the element, as the file has it: entities are not replaced. Empty where there is none. */
  readonly text: string;
}

const ATTRIBUTES = ':@';
const TEXT = '#text';

type Parsed = Readonly<Record<string, unknown>>;

const PREDEFINED_ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** What XML 1.0 allows in a document (section 2.2). */
const isAllowed = (code: number): boolean =>
  code === 9 || code === 10 || code === 13 || (code >= 0x20 && code < 0xd800) || (code > 0xdfff && code <= 0x10ffff);

const codeName = (code: number): string => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;

/** Replaces references by their characters (section 4.1) and line breaks by spaces (section 3.3.3). */
const decodeValue = (value: string): string =>
  value
    .replace(/[\t\n\r]+/g, ' ')
    .replace(/&(#x[0-9a-fA-F]+|#[0-9]+|[A-Za-z_][\w.-]*);/g, (reference, name: string) => {
      if (!name.startsWith('#')) {
        if (Object.hasOwn(PREDEFINED_ENTITIES, name)) return PREDEFINED_ENTITIES[name];
        throw new InputError(`not XML: entity ${reference} is not known, expected the text that it stands for`);
      }
      const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
      if (isAllowed(code)) return String.fromCodePoint(code);
      throw new InputError(`not XML: ${reference} is no character that XML allows`);
    });

function elementsOf(nodes: readonly Parsed[]): XmlElement[] {
  return nodes.flatMap((node) => {
    const tag = Object.keys(node).find((key) => key !== ATTRIBUTES);
    if (tag === undefined || tag === TEXT) return [];
    const attributes = new Map<string, string>();
    for (const [name, value] of Object.entries((node[ATTRIBUTES] ?? {}) as Record<string, string>)) {
      attributes.set(name, decodeValue(value));
    }
    const inside = node[tag] as Parsed[];
    return [{ tag, attributes, children: elementsOf(inside), text: textOf(inside) }];
  });
}

const textOf = (nodes: readonly Parsed[]): string =>
  nodes.flatMap((node) => (TEXT in node ? [String(node[TEXT])] : [])).join(' ');

/** Refuses what is recognisably another kind of file, and says what to do. */
function refuseOtherFiles(text: string, format: string): void {
  if (text.trim() === '') throw new InputError('not XML: the file is empty');
  const hint = lfsPointerHint(text);
  if (hint !== undefined) throw new InputError(`not XML: ${hint}`);
  if (/^\s*<!doctype\s+html|^\s*<html/i.test(text)) {
    throw new InputError(`not ${format}: this is a web page; download the file itself (on GitHub: Raw)`);
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x20 ? code !== 0xfffe && code !== 0xffff : code === 9 || code === 10 || code === 13) continue;
    const line = text.slice(0, i).split('\n').length;
    const encoding = code === 0 ? '; if the file is UTF-16, save it as UTF-8' : '';
    throw new InputError(`not XML: line ${line}: character ${codeName(code)} is not allowed${encoding}`);
  }
}

/**
 * Parses an XML document and returns its top element.
 * @param format what the file should be, for messages
 * @throws {InputError} with line and column when the text is not well-formed XML, and for an entity that the document defines.
 */
export function parseXml(document: string, format = 'a URDF'): XmlElement {
  refuseOtherFiles(document, format);
  // Space before the declaration is an error of XML; a parameter or a template often leaves it there.
  const text = document.replace(/^(\s+)<\?xml[^>]*\?>/, '$1');
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) {
    const { line, col, msg } = verdict.err;
    throw new InputError(`not XML: line ${line}, column ${col ?? 1}: ${msg.trim().split('\n')[0]}`);
  }
  let elements: XmlElement[];
  try {
    const parser = new XMLParser({
      preserveOrder: true,
      ignoreAttributes: false,
      attributeNamePrefix: '',
      parseAttributeValue: false,
      parseTagValue: false,
      processEntities: false,
      ignoreDeclaration: true,
      ignorePiTags: true,
    });
    elements = elementsOf(parser.parse(text) as Parsed[]);
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`not XML: ${firstLine(cause)}`, { cause });
  }
  if (elements.length !== 1) throw new InputError(`not XML: expected one top element, found ${elements.length}`);
  return elements[0];
}
