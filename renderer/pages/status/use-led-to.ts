import { useEffect } from 'react';
import { placeIn } from '../../../shared/places.ts';
import type { StatusPlace } from '../../../shared/places.ts';

/** Goes to the place that the address leads to, as after a click on a notification: once for each time. */
export function useLedTo(toCredential: () => void): void {
  useEffect(() => {
    const go = () => {
      const place = placeIn(window.location.hash);
      if (place === null) return;
      // The next notification may lead to the same place.
      window.history.replaceState(null, '', '#status');
      if (place === 'credential') toCredential();
      else showPlace(place);
    };
    go();
    window.addEventListener('hashchange', go);
    return () => window.removeEventListener('hashchange', go);
  }, [toCredential]);
}

/** What mends it has the focus; where it has been mended meanwhile, the page says so by itself. */
function showPlace(place: Exclude<StatusPlace, 'credential'>): void {
  const button = document.querySelector<HTMLElement>(`[data-place="${place}"] button`);
  button?.scrollIntoView({ block: 'center' });
  button?.focus({ preventScroll: true });
}
