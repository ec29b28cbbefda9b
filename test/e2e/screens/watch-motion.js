// Runs in the page, and remembers whatever moves in it. Plain JavaScript, since it travels into the page as it stands.
(() => {
  window.moved = [];
  document.addEventListener('transitionrun', ({ target, propertyName }) =>
    window.moved.push(`${target.className}: ${propertyName}`),
  );
  document.addEventListener('animationstart', ({ target, animationName, pseudoElement }) => {
    const { animationDuration } = getComputedStyle(target, pseudoElement);
    if (animationDuration !== '0s') window.moved.push(`${target.className}: ${animationName}`);
  });
})();
