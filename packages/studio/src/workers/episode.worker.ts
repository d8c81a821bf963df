import { type PortLike, portTransport, serve } from '@praxis/core';
import type { EpisodeService } from '../protocol/protocol.ts';
import { Stage } from './stage.ts';

serve<EpisodeService>(portTransport(self as unknown as PortLike), (emit) => ({
  methods: new Stage((message) => emit('message', message)).methods,
}));
