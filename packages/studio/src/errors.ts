import { firstLine } from '@praxis/core';

/** The first line of whatever was thrown: what the page shows. */
export function oneLine(thrown: unknown): string {
  return firstLine(thrown).trim() || 'unknown error';
}
