import { contextBridge, ipcRenderer } from 'electron';
import type { AccessReport, ReportBridge } from '../../shared/access-report.ts';
import { REPORT_CHANNEL, REPORT_LAID_OUT_CHANNEL } from '../../shared/report-channels.ts';

/** The page that lays a report out gets that report, and nothing else. */
const bridge: ReportBridge = {
  report: () => ipcRenderer.invoke(REPORT_CHANNEL) as Promise<AccessReport>,
  laidOut: () => ipcRenderer.send(REPORT_LAID_OUT_CHANNEL),
};

contextBridge.exposeInMainWorld('reporter', bridge);
