/** How something stands. Each has its own colour and its own shape, so that neither is needed alone. */
export type Tone =
  'good' | 'working' | 'waiting' | 'attention' | 'bad' | 'offline' | 'paused' | 'neutral';
