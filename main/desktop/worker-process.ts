import { utilityProcess } from 'electron';
import type { Result } from '../../shared/errors.ts';
import type { StartWorker, WorkerEnd } from '../c1z/worker-run.ts';
import type { C1zWritten } from '../c1z/writer.ts';

/**
 * Workers that are processes of their own. A thread that ran WebAssembly may hang for ever when it
 * ends inside Electron, and the quitting app with it (nodejs/node#54918); a process can be killed.
 * @param path the built writer-process.ts
 */
export function inProcess(path: string): StartWorker {
  return (request) => {
    const worker = utilityProcess.fork(path, [], {
      serviceName: 'c1z writer',
      stdio: 'ignore',
      env: systemOnly(process.env),
    });
    const exited = new Promise<number>((resolve) => worker.once('exit', resolve));
    const end = new Promise<WorkerEnd>((settle) => {
      worker.once('message', (result: Result<C1zWritten>) => settle({ kind: 'answered', result }));
      void exited.then((code) => settle({ kind: 'broke', how: `exit code ${code}` }));
    });
    worker.postMessage(request);
    return {
      end,
      stop: async () => {
        // It has no process id once it is gone.
        if (worker.pid !== undefined) worker.kill();
        await exited;
      },
    };
  };
}

/** Of the environment, what Windows needs to run a program; never a secret. */
function systemOnly({ SystemRoot }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return SystemRoot === undefined ? {} : { SystemRoot };
}
