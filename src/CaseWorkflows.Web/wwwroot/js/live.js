// The server says that something changed; the page fetches itself again. One stream per browser: the tab that holds
// the lock listens, and tells the others.
import { parse, refresh, tell, texts } from './page.js';
import { isDirty } from './forms.js';

const stream = '/api/events';
let waiting = 0;

export function startLive() {
  if (!document.getElementById('hjalp')) return; // nobody is signed in
  const channel = new BroadcastChannel('cw-handelser');
  channel.addEventListener('message', e => changed(e.data));
  navigator.locks?.request('cw-handelser', () => new Promise(() => {
    const source = new EventSource(stream);
    source.addEventListener('changed', e => {
      const topic = JSON.parse(e.data || '{}').topic ?? '';
      channel.postMessage(topic);
      changed(topic);
    });
  }));
}

// Several changes in a row become one fetch.
function changed(topic) {
  const main = document.getElementById('innehall');
  if (!main?.dataset.live) return;
  if (main.dataset.topic && topic && !topic.includes(main.dataset.topic) && main.dataset.live === 'note') return;
  clearTimeout(waiting);
  waiting = setTimeout(update, 250 + Math.random() * 250);
}

async function update() {
  const main = document.getElementById('innehall');
  if (document.hidden) {
    document.addEventListener('visibilitychange', update, { once: true });
    return;
  }
  const here = location.href;
  const answer = await fetch(here, { headers: { Accept: 'text/html', 'X-Enhanced': '1', 'X-Live': '1' } }).catch(() => null);
  if (!answer?.ok || answer.redirected || location.href !== here || !main.isConnected) return;
  const next = parse(await answer.text());
  if (main.dataset.live === 'list') {
    refresh(next);
  } else if (next.getElementById('innehall')?.dataset.version !== main.dataset.version && (isDirty() || main.querySelector('form[data-outcomes]'))) {
    tell(texts().textChanged, { kind: 'info', link: { href: here, text: texts().textShow } });
  } else {
    refresh(next);
  }
}
