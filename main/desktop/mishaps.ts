import { dialog } from 'electron';
import { say } from '../../shared/language/say.ts';
import { PRODUCT_NAME } from '../../shared/words.ts';
import type { Log } from '../ports.ts';

/** Bugs that nobody caught: logged by kind alone, and told to the admin once, calmly. */
export function watchMishaps(log: Log): void {
  let told = false;
  const tell = (event: string, error: unknown): void => {
    log.error(event, { error: error instanceof Error ? error.name : 'unknown' });
    if (told) return;
    told = true;
    void dialog.showMessageBox({
      type: 'warning',
      title: PRODUCT_NAME,
      message: say('mishaps.somethingWentWrongInsideThe'),
      detail: say('mishaps.itGoesOnWorking'),
      buttons: [say('common.goOn')],
    });
  };
  process.on('uncaughtException', (error) => tell('app.uncaught', error));
  process.on('unhandledRejection', (error) => tell('app.unhandled', error));
}
