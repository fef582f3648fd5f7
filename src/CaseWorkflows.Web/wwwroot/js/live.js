// The server says that something changed; the page fetches itself again. One stream per browser: the tab that holds the lock listens,
// and tells the others. A page that is not live says so, and becomes live again by itself.
import { parse, refresh, show, tell, texts } from './page.js';
import { isDirty, typed } from './forms.js';

const stream = '/api/events';
const silence = 45_000;         // the server sends something at least every 15 s
const longestPause = 10_000;
let waiting = 0;
let heard = Date.now();
let state = 'live';             // live · away · ended (signed out)
let reconnect = null;           // only in the tab that listens

export function startLive() {
  if (!document.getElementById('hjalp')) return; // nobody is signed in
  const channel = new BroadcastChannel('cw-handelser');
  channel.addEventListener('message', e => receive(e.data));
  navigator.locks?.request('cw-handelser', () => new Promise(() => listen(channel)));
  // A sleeping computer, a frozen tab, a stream that somebody cut without a word: silence is what they have in common.
  setInterval(() => {
    if (state === 'live' && Date.now() - heard > silence) become('away');
    if (state !== 'live') (reconnect ?? look)();
  }, 5000);
  for (const [target, event] of [[window, 'online'], [document, 'visibilitychange']]) {
    target.addEventListener(event, () => { if (!document.hidden && (state !== 'live' || Date.now() - heard > silence)) (reconnect ?? look)(); });
  }
}

function listen(channel) {
  let source = null;
  let pause = 500;
  let next = 0;
  const spread = message => { channel.postMessage(message); receive(message); };
  const connect = () => {
    clearTimeout(next);
    if (source?.readyState === EventSource.CONNECTING && Date.now() - source.begun < longestPause) return;
    source?.close();
    const mine = source = new EventSource(stream);
    mine.begun = Date.now();
    mine.addEventListener('open', () => { pause = 500; spread({ state: 'live' }); });
    mine.addEventListener('ping', () => spread({ state: 'live' }));
    mine.addEventListener('changed', e => spread({ state: 'live', topic: JSON.parse(e.data || '{}').topic ?? '' }));
    mine.addEventListener('error', async () => {
      if (mine !== source) return;
      spread({ state: await isSignedOut() ? 'ended' : 'away' });
      // The browser tries again by itself after a cut, and never after an answer such as 502.
      if (mine !== source || mine.readyState !== EventSource.CLOSED) return;
      clearTimeout(next);
      next = setTimeout(connect, pause);
      pause = Math.min(pause * 2, longestPause);
    });
  };
  reconnect = connect;
  connect();
}

async function isSignedOut() {
  const answer = await fetch('/api/me', { headers: { Accept: 'application/json' } }).catch(() => null);
  return answer?.status === 401;
}

function receive(message) {
  if (message.state === 'live') heard = Date.now();
  become(message.state);
  if (message.topic !== undefined) changed();
}

function become(next) {
  if (next === state) return;
  const missed = next === 'live';
  state = next;
  const place = document.getElementById('anslutning');
  if (place) {
    place.replaceChildren();
    if (state === 'away') place.textContent = texts().textAway;
    if (state === 'ended') {
      const link = document.createElement('a');
      link.href = '/logga-in';
      link.target = '_blank';
      link.textContent = texts().textSignin;
      place.append(texts().textEnded, ' ', link);
    }
  }
  if (missed) changed();
}

// A tab that does not hold the stream, and hears nothing from the one that does, asks for itself.
function look() {
  update();
}

// Several changes in a row become one fetch.
function changed() {
  if (!document.getElementById('innehall')?.dataset.live) return;
  clearTimeout(waiting);
  waiting = setTimeout(update, 250 + Math.random() * 250);
}

async function update() {
  const main = document.getElementById('innehall');
  if (!main?.dataset.live) return;
  if (document.hidden) {
    document.addEventListener('visibilitychange', update, { once: true });
    return;
  }
  const here = location.href;
  const answer = await fetch(here, { headers: { Accept: 'text/html', 'X-Enhanced': '1', 'X-Live': '1' } }).catch(() => null);
  if (!answer || answer.redirected || location.href !== here || !main.isConnected) return;
  const next = parse(await answer.text());
  const owner = next.getElementById('hjalp')?.dataset.owner;
  if (owner && owner !== document.getElementById('hjalp').dataset.owner) {
    tell(texts().textOther, { kind: 'danger', about: 'owner', link: { href: here, text: texts().textShow } });
    return;   // nothing of theirs comes into this page
  }
  if (!answer.ok) {
    if (answer.status === 403 || answer.status === 404) leave(next);
    return;
  }
  const version = next.getElementById('innehall')?.dataset.version;
  if (main.dataset.live === 'note' && version !== main.dataset.version && (isDirty() || main.querySelector('form[data-outcomes]'))) {
    main.dataset.version = version;   // told once
    tell(texts().textChanged, { kind: 'info', about: 'changed', link: { href: here, text: texts().textShow } });
  }
  refresh(next);
}

// What may no longer be seen does not stay on the screen; what its reader has written there is his own, and kept nowhere that he reaches.
function leave(next) {
  const written = typed();
  show(next, { focus: false });
  if (written.length === 0) return;
  const note = document.createElement('div');
  note.className = 'cw-note cw-note-warn';
  note.setAttribute('role', 'alert');
  note.append(texts().textWritten);
  for (const text of written) {
    const lines = document.createElement('blockquote');
    lines.className = 'cw-pre';
    lines.textContent = text;
    note.append(lines);
  }
  document.getElementById('innehall').prepend(note);
}
