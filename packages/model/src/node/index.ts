/**
 * Robot folders on disk. Needs Node; everything else of this package also runs in browsers.
 *
 * @example
 * import { openRobotFolder } from '@praxis/model/node';
 * const { model, definition } = await openRobotFolder('robots/my-arm');
 */
export { fileReader, openRobotFolder } from './open-folder.ts';
