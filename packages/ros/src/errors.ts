import { PraxisError } from '@praxis/core';

/** ROS 2, or the package that talks to it, is not there; the message says what is missing and how to get it. */
export class RosMissingError extends PraxisError {
  override readonly name = 'RosMissingError';
}
