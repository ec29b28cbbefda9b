// The parts of undici that we use: all of it takes twice as long to load, at every start.
declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici';

  // eslint-disable-next-line import-x/no-default-export -- that is how the file exports it
  export default Agent;
}
declare module 'undici/lib/web/fetch/index.js' {
  export { fetch } from 'undici';
}
