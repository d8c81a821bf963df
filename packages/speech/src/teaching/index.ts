export { Lessons, type Subject } from './lesson.ts';
export { type Shard, teachShard } from './shard.ts';
export { Teacher, type Voice } from './teacher.ts';
