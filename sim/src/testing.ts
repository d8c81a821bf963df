/** Scenes and states for tests of packages that use the simulator. */
export { FRONT_CAMERA, TEST_LIGHTING } from './render/testing/test-scene.ts';
export { pick } from './tasks/pick.ts';
export { stateOf } from './tasks/testing/state.ts';
