import { InputError } from '@praxis/core';
import { decodeXml } from '../../xml/decode.ts';
import { parseXml, type XmlElement } from '../../xml/parse.ts';

/** A COLLADA document whose elements are found by their `id`. */
export interface ColladaDocument {
  readonly root: XmlElement;
  readonly byId: ReadonlyMap<string, XmlElement>;
}

/** The first child element with this tag. */
export const childOf = (element: XmlElement | undefined, tag: string): XmlElement | undefined =>
  element?.children.find((each) => each.tag === tag);

/** All child elements with this tag. */
export const childrenOf = (element: XmlElement | undefined, tag: string): readonly XmlElement[] =>
  element?.children.filter((each) => each.tag === tag) ?? [];

/** The words of an element's text. */
export const wordsOf = (element: XmlElement | undefined): readonly string[] =>
  element?.text.trim() ? element.text.trim().split(/\s+/) : [];

/**
 * The numbers of an element's text.
 * @throws {InputError} when one is not finite, or their count differs from `count`
 */
export function numbersOf(element: XmlElement, count?: number): Float64Array {
  const numbers = Float64Array.from(wordsOf(element), Number);
  const broken = numbers.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) {
    throw new InputError(`<${element.tag}>: "${wordsOf(element)[broken]}": expected a finite number`);
  }
  if (count !== undefined && numbers.length !== count) {
    throw new InputError(`<${element.tag}>: ${numbers.length} numbers, expected ${count}`);
  }
  return numbers;
}

/** @throws {InputError} when the file is not COLLADA */
export function openCollada(bytes: Uint8Array): ColladaDocument {
  const root = parseXml(decodeXml(bytes), 'a COLLADA file');
  if (root.tag !== 'COLLADA') throw new InputError(`not COLLADA: the top element is <${root.tag}>`);
  const byId = new Map<string, XmlElement>();
  const visit = (element: XmlElement): void => {
    const id = element.attributes.get('id');
    if (id !== undefined && !byId.has(id)) byId.set(id, element);
    for (const child of element.children) visit(child);
  };
  visit(root);
  return { root, byId };
}

/**
 * The element that an attribute names as `#id`.
 * @throws {InputError} when the document has none, or the attribute names another file
 */
export function referenced({ byId }: ColladaDocument, element: XmlElement, attribute = 'url'): XmlElement {
  const value = element.attributes.get(attribute) ?? '';
  const found = value.startsWith('#') ? byId.get(value.slice(1)) : undefined;
  if (found) return found;
  throw new InputError(`<${element.tag}> ${attribute}="${value}": the file has no such element`);
}
