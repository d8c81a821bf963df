/** Public robot descriptions for tests, which Praxis does not contain. */
export { PUBLIC_ROBOTS, publicRobots, requirePublicRobots } from './public-robots.ts';
