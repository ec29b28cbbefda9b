import { utilityProcess } from 'electron';

/** A process that is spoken to in messages of its own kind. */
interface RunningProcess<To> {
  post(message: To): void;
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Workers that are processes of their own. A thread that ran WebAssembly may hang for ever when it
 * ends inside Electron, and the quitting app with it (nodejs/node#54918); a process can be killed.
 * @param path the built module that the process runs
 * @param name what the system's list of processes calls it
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what a process says is told by its own module
export function inProcess<To, From>(
  path: string,
  name: string,
): (onMessage: (message: From) => void) => RunningProcess<To> {
  return (onMessage) => {
    const worker = utilityProcess.fork(path, [], {
      serviceName: name,
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
