export { type WebBackendOptions, webBackend } from './backend.ts';
