/** The page is an application: what others may use of it are its types. */
export type { StudioApi } from './page/api.ts';
export type { Driver, EpisodeChoice } from './protocol/protocol.ts';
