import './style.css';
import type { StudioApi } from './page/api.ts';
import { RecordingDoor } from './page/recording-door.ts';
import { Studio } from './page/studio.ts';
import { oneLine } from './protocol/protocol.ts';
import { modelAddress, readAddress } from './view/address.ts';
import { StatusLine } from './view/status-line.ts';

declare global {
  interface Window {
    praxis?: StudioApi;
  }
}

const status = new StatusLine();
let opened: Studio | undefined;
new RecordingDoor({ status, onOpen: () => opened?.pause() });
try {
  const address = readAddress(new URLSearchParams(location.search));
  const studio = new Studio({
    status,
    modelUrl: modelAddress(address.model, location.href),
    robotsUrl: new URL('/robots/', location.href).href,
    urdfUrl: new URL('/urdf/praxis_arm.urdf', location.href).href,
    configUrl: new URL('/config/praxis.config.js', location.href).href,
    address,
  });
  opened = studio;
  window.praxis = studio.api;
} catch (error) {
  status.error = oneLine(error);
}
