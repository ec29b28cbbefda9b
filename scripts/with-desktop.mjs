// Usage: node scripts/with-desktop.mjs <command> [arguments]
import { onPrivateDesktop } from './desktop.mjs';

process.exitCode = await onPrivateDesktop(process.argv.slice(2));
