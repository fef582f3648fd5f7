// Replacing parts of the page with what the server rendered, and telling the user things.
const main = () => document.getElementById('innehall');

export const texts = () => document.getElementById('hjalp')?.dataset ?? {};

export function parse(html) {
  return new DOMParser().parseFromString(html, 'text/html');
}

/** Shows another page in place of this one. */
export function show(next, { focus = true } = {}) {
  document.title = next.title;
  for (const id of ['sidhuvud', 'banderoller', 'innehall']) {
    const here = document.getElementById(id);
    const there = next.getElementById(id);
    if (here && there) here.replaceWith(document.adoptNode(there));
  }
  const [help, owner] = [document, next].map(page => page.getElementById('hjalp'));
  if (help && owner) help.dataset.owner = owner.dataset.owner;   // shown to whoever is signed in by now
  document.getElementById('meddelanden').replaceChildren();
  document.dispatchEvent(new CustomEvent('cw:page'));
  if (!focus) return;
  const target = main().querySelector('[data-error-summary]') ?? main().querySelector('[data-focus]') ?? main().querySelector('[autofocus]') ?? main();
  target.focus({ preventScroll: true });
  window.scrollTo(0, 0);
  target.scrollIntoView({ block: 'nearest' });
}

/** Brings this page's lists up to date; elements with the same id stay the same, so focus and selection do. */
export function refresh(next) {
  for (const there of next.querySelectorAll('[data-refresh]')) {
    const here = document.getElementById(there.id);
    if (here && !here.isEqualNode(there)) morph(here, there);
  }
}

function morph(here, there) {
  if (here.nodeType !== there.nodeType || here.nodeName !== there.nodeName) {
    here.replaceWith(document.importNode(there, true));
    return;
  }
  if (here.nodeType !== Node.ELEMENT_NODE) {
    if (here.nodeValue !== there.nodeValue) here.nodeValue = there.nodeValue;
    return;
  }
  for (const { name } of [...here.attributes]) {
    if (!there.hasAttribute(name) && name !== 'aria-selected') here.removeAttribute(name);
  }
  for (const { name, value } of there.attributes) {
    if (here.getAttribute(name) !== value) here.setAttribute(name, value);
  }
  const known = new Map([...here.children].filter(c => c.id).map(c => [c.id, c]));
  const wanted = new Set([...there.children].map(c => c.id).filter(Boolean));
  for (const [id, child] of known) {
    if (!wanted.has(id)) child.remove();
  }
  let at = here.firstChild;
  for (const want of there.childNodes) {
    const same = want.id ? known.get(want.id) : null;
    if (same) {
      if (same === at) at = at.nextSibling;
      else moveBefore(here, same, at);
      morph(same, want);
    } else if (at && !at.id && !want.id && at.nodeName === want.nodeName) {
      const current = at;
      at = at.nextSibling;
      morph(current, want);
    } else {
      here.insertBefore(document.importNode(want, true), at);
    }
  }
  while (at) {
    const extra = at;
    at = at.nextSibling;
    extra.remove();
  }
}

// Moving an element takes the focus from it; give it back.
function moveBefore(parent, child, before) {
  const focused = child.contains(document.activeElement) ? document.activeElement : null;
  parent.insertBefore(child, before);
  focused?.focus({ preventScroll: true });
}

/** What was told about something is so no longer. */
export function untell(about) {
  for (const told of [...document.getElementById('meddelanden').children]) if (told.dataset.about === about) told.remove();
}

/** A message in the corner, in place of the last one about the same thing. Never takes focus. */
export function tell(text, { kind = 'warn', link, about = '' } = {}) {
  const note = document.createElement('div');
  note.className = `cw-note cw-note-${kind} cw-toast`;
  note.dataset.about = about;
  note.append(text, ' ');
  if (link) {
    const a = document.createElement('a');
    a.href = link.href;
    if (link.apart) a.target = '_blank';
    a.textContent = link.text;
    note.append(a, ' ');
  }
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'cw-button cw-button-small';
  close.textContent = texts().textClose;
  close.addEventListener('click', () => note.remove());
  note.append(close);
  untell(about);
  document.getElementById('meddelanden').append(note);
}
