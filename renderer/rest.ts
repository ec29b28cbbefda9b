import type { ConnectorBridge } from '../shared/intents.ts';

/** Chromium lets go of a picture five seconds after its last use; those of the last work follow a little later. */
const PICTURES_ARE_LET_GO_MS = 2_000;

/**
 * Has the memory of earlier pictures of the window freed, up to 10 MB, when little is going on: the page lets
 * them go by itself, but tells the process that draws for it only along with its next picture.
 */
export function followRest(bridge: Pick<ConnectorBridge, 'onRest'>): void {
  bridge.onRest(() => {
    setTimeout(drawTrifle, PICTURES_ARE_LET_GO_MS);
  });
}

/** Draws what nobody sees: a pixel of a gradient, since a plain colour needs no picture. */
function drawTrifle(): void {
  const trifle = document.createElement('div');
  trifle.style.cssText =
    'position: fixed; top: 0; left: 0; width: 1px; height: 1px; background: linear-gradient(transparent, transparent)';
  document.body.append(trifle);
  requestAnimationFrame(() => requestAnimationFrame(() => trifle.remove()));
}
