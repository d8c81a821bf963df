export { loadActivity, loadFlite } from './files.ts';
