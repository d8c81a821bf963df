export { Backlog } from '../listening/backlog.ts';
export { type FromListener, HIGHEST_RATE, LOWEST_RATE, type Opening, parseOpening, VOICE_PATH } from './messages.ts';
export { decodePiece, encodePiece, LARGEST_PIECE, LONGEST_PIECE } from './piece.ts';
