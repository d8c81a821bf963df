export { Backlog } from '../listening/backlog.ts';
export { voiceCodec } from './codec.ts';
export { HIGHEST_RATE, LOWEST_RATE, type Opening, parseOpening, VOICE_PATH, type VoiceService } from './messages.ts';
export { decodePiece, encodePiece, LARGEST_PIECE, LONGEST_PIECE, type Piece } from './piece.ts';
