import { InputError } from '@praxis/core';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An XML element without its text: URDF uses only attributes. */
export interface XmlElement {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
}

const ATTRIBUTES = ':@';

type Parsed = Readonly<Record<string, unknown>>;

function elementsOf(nodes: readonly Parsed[]): XmlElement[] {
  return nodes.flatMap((node) => {
    const tag = Object.keys(node).find((key) => key !== ATTRIBUTES);
    if (tag === undefined || tag === '#text') return [];
    const attributes = new Map(Object.entries((node[ATTRIBUTES] ?? {}) as Record<string, string>));
    return [{ tag, attributes, children: elementsOf(node[tag] as Parsed[]) }];
  });
}

/**
 * Parses an XML document and returns its top element.
 * @throws {InputError} with line and column when the text is not well-formed XML.
 */
export function parseXml(text: string): XmlElement {
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
      ignoreDeclaration: true,
      ignorePiTags: true,
    });
    elements = elementsOf(parser.parse(text) as Parsed[]);
  } catch (cause) {
    throw new InputError(`not XML: ${(cause as Error).message.split('\n')[0]}`, { cause });
  }
  if (elements.length !== 1) throw new InputError(`not XML: expected one top element, found ${elements.length}`);
  return elements[0];
}
