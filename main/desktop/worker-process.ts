import { utilityProcess } from 'electron';
import type { StartWorker } from '../c1z/worker-run.ts';

/**
 * Workers that are processes of their own. A thread that ran WebAssembly may hang for ever when it
 * ends inside Electron, and the quitting app with it (nodejs/node#54918); a process can be killed.
 * @param path the built writer-process.ts
 */
export function inProcess(path: string): StartWorker {
  return (onMessage) => {
    const worker = utilityProcess.fork(path, [], {
      serviceName: 'c1z writer',
      stdio: 'ignore',
      env: systemOnly(process.env),
    });
    worker.on('message', onMessage);
    const exited = new Promise<number>((resolve) => worker.once('exit', resolve));
    return {
      post: (message) => worker.postMessage(message),
      ended: exited.then((code) => `exit code ${code}`),
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
