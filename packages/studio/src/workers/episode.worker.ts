import { type PortLike, portTransport, serve } from '@praxis/core';
import type { EpisodeService } from '../protocol/protocol.ts';
import { EpisodeHost } from './episode-host.ts';

serve<EpisodeService>(portTransport(self as unknown as PortLike), (emit) => ({
  methods: new EpisodeHost((message) => emit('message', message)).methods,
}));
