import { Notification } from 'electron';
import type { Place } from '../../shared/places.ts';
import type { Notice, Notifier } from '../ports.ts';

interface NotificationOptions {
  readonly icon: string;
  /** Whether the window has the focus: who looks at it sees the cause there. */
  readonly isWatched: () => boolean;
  readonly onClick: (place: Place) => void;
}

/** The system's own notifications; where there are none, the tray and the window tell alone. */
export class SystemNotifier implements Notifier {
  readonly #options: NotificationOptions;
  /** Held, since a notification that is collected no longer answers to a click. */
  readonly #shown = new Map<string, Notification>();

  constructor(options: NotificationOptions) {
    this.#options = options;
  }

  notify({ cause, title, body, place }: Notice): void {
    const { icon, isWatched, onClick } = this.#options;
    if (isWatched() || !Notification.isSupported()) return;
    const notification = new Notification({ title, body, icon });
    notification.on('click', () => onClick(place));
    notification.on('close', () => this.#shown.delete(cause));
    this.#shown.set(cause, notification);
    notification.show();
  }
}
