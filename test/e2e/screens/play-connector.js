// Runs in the page in place of the preload: answers as `window.scene` says, and remembers what was sent.
// Plain JavaScript, since it travels into the page as it stands.
(() => {
  const { snapshot, answers, intents } = window.scene;
  const listeners = new Set();
  window.sentIntents = [];
  const play = (name) => (argument) => {
    window.sentIntents.push([name, argument]);
    return Promise.resolve(answers[name] ?? { ok: true });
  };
  window.connector = {
    ...Object.fromEntries(intents.map((name) => [name, play(name)])),
    snapshot: () => (snapshot === null ? new Promise(() => undefined) : Promise.resolve(snapshot)),
    onSnapshot: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onRest: () => undefined,
  };
  window.pushSnapshot = (next) => listeners.forEach((listener) => listener(next));
})();
