/**
 * Key of a class's brand: the name of the class, on its prototype. A process may hold two copies of this package (one inside a
 * bundled program, one that a user's module imports); `Symbol.for` gives the same key to both.
 */
const BRAND = Symbol.for('@praxis/core/error-class');

/** A class of errors with a brand. */
type Branded = abstract new (...args: never[]) => Error;

/** Brands a class, so that {@link isInstance} knows the instances of all its copies. @param name name of the class in every copy */
export const brand = (type: Branded, name: string): void => {
  Object.defineProperty(type.prototype, BRAND, { value: name });
};

/** The brand that this very prototype has, without those that it inherits. */
export const brandOf = (prototype: object): string | undefined =>
  Object.hasOwn(prototype, BRAND) ? (prototype as { readonly [BRAND]: string })[BRAND] : undefined;

/** The prototypes of a value, the most derived first. */
export function* prototypesOf(value: unknown): Generator<object> {
  if (typeof value !== 'object' || value === null) return;
  for (let each = Object.getPrototypeOf(value); each !== null; each = Object.getPrototypeOf(each)) yield each;
}

/** `instanceof` by brand. A class without a brand of its own, such as a user's subclass, is compared by identity. */
export function isInstance(type: Branded, value: unknown): boolean {
  const name = brandOf(type.prototype);
  for (const prototype of prototypesOf(value)) {
    if (prototype === type.prototype || (name !== undefined && brandOf(prototype) === name)) return true;
  }
  return false;
}
