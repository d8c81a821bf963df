import { PraxisError } from '@praxis/core';

/** A folder is no LeRobotDataset that Praxis reads, or a part of it is damaged or missing. The message names the file. */
export class DatasetError extends PraxisError {
  override readonly name = 'DatasetError';
}
