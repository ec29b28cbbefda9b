/** Names of the report page's two IPC channels, which its own window alone is heard on. */
export const REPORT_CHANNEL = 'report';
export const REPORT_LAID_OUT_CHANNEL = 'reportLaidOut';
