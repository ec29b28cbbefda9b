import { BrowserWindow, type PrintToPDFOptions, type WebContents } from 'electron';
import type { AccessReport } from '../../shared/access-report.ts';
import { fail, succeed } from '../../shared/errors.ts';
import { REPORT_CHANNEL, REPORT_LAID_OUT_CHANNEL } from '../../shared/report-channels.ts';
import { notPrinted } from '../connector/evidence-report.ts';
import type { Log, ReportPrinter } from '../ports.ts';
import { isOurPage, sandboxed } from './security.ts';
import { APP_ORIGIN } from './window-files.ts';

const REPORT_PAGE = `${APP_ORIGIN}/report.html`;
/** In inches; the foot holds the page's number. */
const MARGINS = { top: 0.7, bottom: 0.8, left: 0.75, right: 0.75 };

/** Prints a report in a window of its own that nobody sees, sandboxed, with nothing in it but the report. */
export function reportPrinter(preload: string, log: Log): ReportPrinter {
  return {
    print: async (report, signal) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: sandboxed(preload),
      });
      // A script that never ends can't be asked to: its window goes, and what waits for it breaks off.
      signal.addEventListener('abort', () => destroy(window), { once: true });
      try {
        return succeed(await printed(window, report));
      } catch (error) {
        log.error('report.notPrinted', { error: error instanceof Error ? error.name : 'unknown' });
        return fail(notPrinted);
      } finally {
        destroy(window);
      }
    },
  };
}

function destroy(window: BrowserWindow): void {
  if (!window.isDestroyed()) window.destroy();
}

async function printed(window: BrowserWindow, report: AccessReport): Promise<Uint8Array> {
  const { webContents } = window;
  webContents.ipc.handle(REPORT_CHANNEL, ({ senderFrame }) => {
    if (!isOurPage(senderFrame)) throw new Error('not our page');
    return report;
  });
  const laidOut = new Promise<void>((resolve) =>
    webContents.ipc.once(REPORT_LAID_OUT_CHANNEL, () => resolve()),
  );
  const gone = whenGone(webContents);
  await Promise.race([window.loadURL(REPORT_PAGE).then(() => laidOut), gone]);
  return await Promise.race([webContents.printToPDF(pages(report)), gone]);
}

/** Rejects when the page can't be printed any more. */
function whenGone(webContents: WebContents): Promise<never> {
  const gone = new Promise<never>((_resolve, reject) => {
    const end = (): void => reject(new Error('the page is gone'));
    webContents.once('render-process-gone', end);
    webContents.once('destroyed', end);
  });
  // Destroying the window at the end is no trouble.
  gone.catch(() => undefined);
  return gone;
}

function pages({ madeAt, madeBy }: AccessReport): PrintToPDFOptions {
  const made = new Date(madeAt).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ');
  // No name stands in it, so that it is fixed text: the page's policy doesn't hold there.
  const foot = `<div style="display: flex; justify-content: space-between; width: 100%; margin: 0 0.75in; color: #5a6b7b; font: 7.5pt 'Inter Variable', system-ui, 'Segoe UI', sans-serif"><span>Access to Xero, ${made} UTC${madeBy.sample ? ', from sample data' : ''}</span><span>Page <span class="pageNumber"></span> of <span class="totalPages"></span></span></div>`;
  return {
    pageSize: 'A4',
    margins: MARGINS,
    printBackground: true,
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate: foot,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  };
}
